import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { requirePerson } from '../identity/viewer.ts';
import { cancelMails } from '../mail/end-mail.ts';
import { Erasure, statusOf } from './erasure.entity.ts';

/**
 * Cancel an erasure that waits: an owner may, and who asked for it themselves. A client gets back the status that it had.
 * Doing so twice changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT once it has begun.
 */
export async function cancelErasure(em: EntityManager, actor: Actor, id: string): Promise<Erasure> {
  const { userId } = requirePerson(actor);
  const seen = await em.findOne(Erasure, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const isTheirs = seen?.requestedBy === userId || actor.role === 'OWNER';
  const erasure = found(isTheirs ? seen : null, 'erasure');
  const status = statusOf(erasure);
  if (status === 'CANCELLED') return erasure;
  if (status !== 'WAITING') throw new DomainError('CONFLICT', 'It has begun already.');
  erasure.cancelledAt = await databaseNow(em);
  erasure.cancelledBy = userId;
  const { subject, subjectId, statusBefore } = erasure;
  if (statusBefore) (await em.findOneOrFail(Client, subjectId)).status = statusBefore;
  await cancelMails(em, id);
  recordChange(em, actor, {
    action: 'CANCEL_ERASURE',
    entityType: subject === 'CLIENT' ? 'Client' : 'User',
    entityId: subjectId,
    before: { erasureId: id },
    after: statusBefore && { status: statusBefore },
  });
  await em.flush();
  return erasure;
}
