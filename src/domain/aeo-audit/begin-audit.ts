import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { AeoAudit, isOpen } from './aeo-audit.entity.ts';

/** An audit that is under way, and whether it was taken up just now: for the first time, or anew. */
export interface BegunAudit {
  audit: AeoAudit;
  isNew: boolean;
}

/** Take an audit up, or go on with it, unless it is paused. @returns null where it has ended. */
export async function beginAudit(em: EntityManager, id: string): Promise<BegunAudit | null> {
  const audit = await holdAudit(em, id);
  if (!audit) return null;
  const isNew = audit.status !== 'PAUSED' && audit.stage === 'INITIALIZING';
  if (audit.status === 'PAUSED') return { audit, isNew };
  const now = await databaseNow(em);
  audit.startedAt ??= now;
  audit.activeAt = now;
  if (audit.status === 'PENDING') audit.status = 'RUNNING';
  if (isNew) {
    audit.stage = audit.questionCount === null ? 'GENERATING_QUESTIONS' : 'PROCESSING_QUESTIONS';
  }
  await em.flush();
  return { audit, isNew };
}

/** The audit, locked for the rest of the transaction; null where it has ended. */
export async function holdAudit(em: EntityManager, id: string): Promise<AeoAudit | null> {
  await em.execute('select from aeo_audits where id = ? for no key update', [id]);
  const audit = await em.findOne(AeoAudit, id);
  return audit && isOpen(audit.status) ? audit : null;
}
