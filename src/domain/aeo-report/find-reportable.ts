import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAudit, isOpen } from '../aeo-audit/aeo-audit.entity.ts';
import { DomainError, found } from '../errors.ts';

/**
 * The audit that a report can be made of: what it tells does not change any more.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT: it is under way, or its answers are no longer kept.
 */
export async function findReportable(em: EntityManager, id: string): Promise<AeoAudit> {
  const audit = found(await em.findOne(AeoAudit, id), 'audit');
  if (isOpen(audit.status)) {
    throw new DomainError('CONFLICT', 'The audit is under way: there is a report once it ends.');
  }
  if (audit.answersRemovedAt) {
    const message = 'Its answers are no longer kept: its figures are in the graph alone.';
    throw new DomainError('CONFLICT', message);
  }
  return audit;
}
