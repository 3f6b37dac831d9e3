import type { EntityManager } from '@mikro-orm/postgresql';
import type { MailStatus } from './mail.entity.ts';

/**
 * Write how a mail that was queued ended, also beside the report that it is of; one that failed keeps its letter, to be
 * tried again.
 *
 * @param error why it failed.
 */
export async function endMail(
  em: EntityManager,
  id: string,
  status: Exclude<MailStatus, 'QUEUED'>,
  error: string | null = null,
): Promise<void> {
  await em.execute(
    `update mails set status = ?, ended_at = now(),
       letter_ciphertext = case when ? then letter_ciphertext end
     where id = ? and status = 'QUEUED'`,
    [status, status === 'FAILED', id],
  );
  await em.execute(
    `update report_deliveries set status = ?, error = ?, ended_at = now()
     where mail_id = ? and status = 'QUEUED'`,
    [status === 'SENT' ? 'SENT' : 'FAILED', error, id],
  );
}

/** Make a mail that failed one that is to be sent again. */
export async function reopenMail(em: EntityManager, id: string): Promise<void> {
  await em.execute(
    `update mails set status = 'QUEUED', ended_at = null where id = ? and status = 'FAILED'`,
    [id],
  );
  await em.execute(
    `update report_deliveries set status = 'QUEUED', error = null, ended_at = null
     where mail_id = ? and status = 'FAILED'
       and exists (select from mails where id = ? and status = 'QUEUED')`,
    [id, id],
  );
}

/**
 * Give up mails that failed long ago: nobody tries them again, and their letters hold addresses and links, also of people
 * who were erased meanwhile.
 *
 * @returns how many there were.
 */
export async function giveUpMails(em: EntityManager): Promise<number> {
  const given = await em.execute<object[]>(
    `update mails set status = 'CANCELLED', letter_ciphertext = null
     where status = 'FAILED' and ended_at < now() - interval '30 days' returning 1`,
  );
  return given.length;
}

/** Keep mails about something that has ended from being sent: their links lead nowhere. */
export async function cancelMails(em: EntityManager, aboutId: string): Promise<void> {
  await em.execute(
    `update mails set status = 'CANCELLED', ended_at = now(), letter_ciphertext = null
     where about_id = ? and status in ('QUEUED', 'FAILED')`,
    [aboutId],
  );
}
