import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { AeoAudit, isOpen } from './aeo-audit.entity.ts';

/** Take an audit up, or go on with it, unless it is paused. @returns null where it has ended. */
export async function beginAudit(em: EntityManager, id: string): Promise<AeoAudit | null> {
  const audit = await holdAudit(em, id);
  if (!audit || audit.status === 'PAUSED') return audit;
  const now = await databaseNow(em);
  audit.startedAt ??= now;
  audit.activeAt = now;
  if (audit.status === 'PENDING') audit.status = 'RUNNING';
  if (audit.questionCount === null) audit.stage = 'GENERATING_QUESTIONS';
  await em.flush();
  return audit;
}

/** The audit, locked for the rest of the transaction; null where it has ended. */
export async function holdAudit(em: EntityManager, id: string): Promise<AeoAudit | null> {
  await em.execute('select from aeo_audits where id = ? for no key update', [id]);
  const audit = await em.findOne(AeoAudit, id);
  return audit && isOpen(audit.status) ? audit : null;
}
