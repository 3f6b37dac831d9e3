import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { found, tooOften } from '../errors.ts';
import { requireAuthorityOver } from '../identity/authority.ts';
import { Membership } from '../identity/membership.entity.ts';
import { actsAs, requirePerson, requireRole } from '../identity/viewer.ts';
import { JobRun } from '../job/job-run.entity.ts';

/** How many exports of the same somebody may ask for within a day: each is kept for a week. */
const mostADay = 10;
const day = 24 * 60 * 60_000;

/** Puts the job on its way that makes an export; returns the id of its run. */
type Enqueue<P> = (payload: P) => Promise<string>;

/**
 * Have everything of a client exported. One that its asker has under way already is returned instead of a second one.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (administrators only); RATE_LIMITED.
 */
export async function requestClientExport(
  em: EntityManager,
  asker: Actor,
  clientId: string,
  enqueue: Enqueue<{ clientId: string; requestedBy: string }>,
): Promise<JobRun> {
  const actor = requirePerson(asker);
  requireRole(actor, 'ADMIN');
  found(await em.findOne(Client, clientId), 'client');
  const payload = { clientId, requestedBy: actor.userId };
  return request(em, actor, 'Client', clientId, payload, enqueue);
}

/**
 * Have everything of a member exported: of oneself or, for an administrator, of somebody whom they have authority over.
 *
 * @param membershipId null for oneself.
 * @throws {DomainError} NOT_FOUND, also for others where the actor is no administrator; FORBIDDEN (a higher place);
 * RATE_LIMITED.
 */
export async function requestUserExport(
  em: EntityManager,
  asker: Actor,
  membershipId: string | null,
  enqueue: Enqueue<{ userId: string; requestedBy: string }>,
): Promise<JobRun> {
  const actor = requirePerson(asker);
  const wanted = membershipId ? { id: membershipId } : { userId: actor.userId };
  const seen = await em.findOne(Membership, wanted);
  const isTheirs = seen?.userId === actor.userId || actsAs(actor, 'ADMIN');
  const membership = found(isTheirs ? seen : null, 'membership');
  requireAuthorityOver(actor, membership);
  const { userId } = membership;
  const payload = { userId, requestedBy: actor.userId };
  return request(em, actor, 'User', userId, payload, enqueue);
}

async function request<P extends object>(
  em: EntityManager,
  actor: Actor,
  entityType: 'Client' | 'User',
  entityId: string,
  payload: P,
  enqueue: Enqueue<P>,
): Promise<JobRun> {
  // Who asks twice at once takes turns.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `export:${JSON.stringify(payload)}`,
  ]);
  const [open] = await em.execute<{ id: string }[]>(
    `select id from job_runs
     where name like 'export-%' and status in ('QUEUED', 'RUNNING') and payload = ?::jsonb limit 1`,
    [JSON.stringify(payload)],
  );
  if (open) return em.findOneOrFail(JobRun, open.id);
  const [lately] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from files
     where requested_by = ? and ? in (client_id, user_id) and created_at > now() - interval '1 day'`,
    [actor.userId, entityId],
  );
  if ((lately?.count ?? 0) >= mostADay) throw tooOften('exports of the same', day);
  const id = await enqueue(payload);
  recordChange(em, actor, {
    ...{ action: 'EXPORT', entityType, entityId },
    ...{ before: null, after: { jobRunId: id } },
  });
  await em.flush();
  return em.findOneOrFail(JobRun, id, { refresh: true });
}
