import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { readProfile } from '../brand/read-profile.ts';
import { Client } from '../client/client.entity.ts';
import { DomainError, found } from '../errors.ts';
import { AeoAudit, openStatuses } from './aeo-audit.entity.ts';
import { AeoSetUp } from './aeo-set-up.entity.ts';
import type { AuditPolicy } from './audit-policy.ts';

/**
 * Put an audit on its way, with what its set-up and the brand's profile say now.
 *
 * @param actor who asks; null where its schedule does.
 * @param enqueue adds the job that leads it; returns the id of its run.
 * @throws {DomainError} NOT_FOUND; CONFLICT: no brand profile, a client that is not active, or too many audits at once.
 */
export async function startAudit(
  em: EntityManager,
  actor: Actor | null,
  policy: AuditPolicy,
  setUpId: string,
  enqueue: (audit: { id: string; organizationId: string; clientId: string }) => Promise<string>,
): Promise<AeoAudit> {
  const setUp = found(await em.findOne(AeoSetUp, { id: setUpId, removedAt: null }), 'set-up');
  const { organizationId, clientId, settings } = setUp;
  await admitAudit(em, policy, clientId);
  const profile = await readProfile(em, clientId);
  const id = randomUUID();
  const jobRunId = await enqueue({ id, organizationId, clientId });
  // The ORM knows of no relation between the two: the job is to be there first.
  await em.flush();
  const audit = em.create(AeoAudit, {
    ...{ id, organizationId, clientId, setUpId, settings, profile, jobRunId },
    ...{ questionCount: null, answerCount: null, costEstimate: null },
    ...{ errorCode: null, errorMessage: null, requestedBy: actor?.userId ?? null },
    ...{ startedAt: null, askingSince: null, finishedAt: null },
  });
  if (actor) {
    recordChange(em, actor, {
      ...{ action: 'START', entityType: 'AeoAudit', entityId: id, before: null },
      after: { clientId, setUpId },
    });
  }
  await em.flush();
  return audit;
}

/**
 * See that a client may have one more audit under way.
 *
 * @throws {DomainError} CONFLICT: it is not active, or has too many at once.
 */
export async function admitAudit(
  em: EntityManager,
  { auditsAtOnce }: AuditPolicy,
  clientId: string,
): Promise<void> {
  // Audits of a client are begun in turns, so that two do not both count themselves the last one.
  await em.execute('select from clients where id = ? for no key update', [clientId]);
  const { status } = await em.findOneOrFail(Client, clientId);
  if (status !== 'ACTIVE') throw new DomainError('CONFLICT', 'The client is not active.');
  const open = await em.count(AeoAudit, { clientId, status: { $in: [...openStatuses] } });
  if (open >= auditsAtOnce) {
    const message = `The client has ${open} audits under way, as many as may be: wait, or cancel one.`;
    throw new DomainError('CONFLICT', message);
  }
}
