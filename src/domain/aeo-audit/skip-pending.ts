import type { EntityManager } from '@mikro-orm/postgresql';

/** Ask nothing more of an audit: what is pending is skipped, and says why. */
export async function skipPending(
  em: EntityManager,
  auditId: string,
  code: 'COST_CAP',
): Promise<void> {
  await em.execute(
    `update aeo_answers set status = 'SKIPPED', error_code = ?,
       error_message = 'The cost cap was reached.', ended_at = now()
     where audit_id = ? and status = 'PENDING'`,
    [code, auditId],
  );
}
