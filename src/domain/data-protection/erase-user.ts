import type { EntityManager } from '@mikro-orm/postgresql';
import type { Erasure } from './erasure.entity.ts';

/** PostgreSQL's code of what `erase_user` refuses the last owner with. */
const restrictViolation = '23001';

/**
 * Take a user out of the organization or, where they asked for it themselves, out of all, and with their last place erase
 * their account.
 *
 * @returns rows erased by table; null where an organization would be without an owner.
 */
export async function eraseUser(
  em: EntityManager,
  cipher: { encrypt(plaintext: string): string },
  { subjectId, requestedBy }: Erasure,
): Promise<Record<string, number> | null> {
  // What is kept of a notice is that it was sent, and not where to.
  await em.execute(
    `update mails set status = 'CANCELLED', ended_at = now(), letter_ciphertext = null
     where id in (select mail_id from breach_notices where user_id = ?) and status in ('QUEUED', 'FAILED')`,
    [subjectId],
  );
  for (const table of ['alert_recipients', 'report_recipients', 'report_deliveries']) {
    await em.execute(
      `delete from ${table} where email_index = (select email_index from users where id = ?)`,
      [subjectId],
    );
  }
  try {
    const [row] = await em.execute<{ counts: Record<string, number> }[]>(
      'select erase_user(?, ?, ?) as counts',
      [subjectId, requestedBy === subjectId, cipher.encrypt('')],
    );
    return row?.counts ?? {};
  } catch (error) {
    if ((error as { code?: string }).code === restrictViolation) return null;
    throw error;
  }
}
