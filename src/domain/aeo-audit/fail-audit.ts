import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAudit, isOpen } from './aeo-audit.entity.ts';
import { endAudit } from './steer-audit.ts';

/** End an audit whose leading job came to an end before it; one that has ended stays as it is. */
export async function failAudit(
  em: EntityManager,
  id: string,
  status: 'FAILED' | 'CANCELLED',
  errorMessage: string | null,
): Promise<void> {
  const audit = await em.findOne(AeoAudit, id);
  if (!audit || !isOpen(audit.status)) return;
  audit.errorCode = status === 'FAILED' ? 'INTERNAL' : null;
  audit.errorMessage = errorMessage;
  await endAudit(em, audit, status);
}

/**
 * End the audits of the organization that have not gone on for long: what led them is lost.
 *
 * @param hours 1 to 168. Source: seed 003, 10.1.
 * @returns how many.
 */
export async function endOrphans(em: EntityManager, hours: number): Promise<number> {
  const orphans = await em.execute<{ id: string }[]>(
    `select id from aeo_audits
     where status in ('PENDING', 'RUNNING') and active_at < now() - ? * interval '1 hour' for update skip locked`,
    [hours],
  );
  for (const { id } of orphans) {
    const audit = await em.findOneOrFail(AeoAudit, id);
    audit.errorCode = 'ORPHANED';
    audit.errorMessage = `Nothing happened for ${hours} hours.`;
    await endAudit(em, audit, 'FAILED');
  }
  return orphans.length;
}
