import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput } from '../errors.ts';
import { storableText } from '../storable-text.ts';

/** More than this is left to the sweeper. */
const mostAtOnce = 1000;

/**
 * Take up no more of the organization's jobs of a queue; what runs goes on. A second time changes the reason.
 *
 * @throws {DomainError} BAD_USER_INPUT without a reason.
 */
export async function pauseQueue(
  em: EntityManager,
  actor: Actor,
  queue: string,
  reason: string,
): Promise<void> {
  const words = storableText(reason).trim();
  if (words === '' || words.length > 500) {
    throw badInput('A reason has 1 to 500 characters.', 'reason');
  }
  const [pause] = await em.execute<{ id: string }[]>(
    `insert into queue_pauses (queue, organization_id, reason, paused_by) values (?, ?, ?, ?)
     on conflict (queue, organization_id) do update set reason = excluded.reason
     returning id`,
    [queue, actor.organizationId, words, actor.userId],
  );
  await record(em, actor, 'PAUSE', pause?.id, null, { queue, reason: words });
}

/**
 * Take up the organization's jobs of a queue again.
 *
 * @returns ids of runs that are due, to be sent: what was delivered during the pause was passed over.
 */
export async function resumeQueue(
  em: EntityManager,
  actor: Actor,
  queue: string,
): Promise<string[]> {
  const [pause] = await em.execute<{ id: string }[]>(
    'delete from queue_pauses where queue = ? and organization_id = ? returning id',
    [queue, actor.organizationId],
  );
  if (!pause) return [];
  await record(em, actor, 'RESUME', pause.id, { queue }, null);
  const due = await em.execute<{ id: string }[]>(
    `select id from job_runs where queue = ? and status = 'QUEUED' and run_at <= now()
     order by priority desc, run_at limit ?`,
    [queue, mostAtOnce],
  );
  return due.map(({ id }) => id);
}

async function record(
  em: EntityManager,
  actor: Actor,
  action: string,
  entityId = '',
  before: object | null,
  after: object | null,
) {
  recordChange(em, actor, { action, entityType: 'QueuePause', entityId, before, after });
  await em.flush();
}
