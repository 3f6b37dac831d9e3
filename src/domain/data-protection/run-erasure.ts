import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { Erasure, statusOf } from './erasure.entity.ts';

/** Erasures whose waiting period is over, and that no job has yet or whose job ended before they did. */
export function findDueErasures(em: EntityManager): Promise<{ id: string }[]> {
  return em.execute(
    `select e.id from erasures e left join job_runs j on j.id = e.job_run_id
     where e.due_at <= now() and e.cancelled_at is null and e.completed_at is null
       and (j.id is null or j.status in ('SUCCEEDED', 'FAILED', 'CANCELLED'))
     order by e.due_at limit 100 for update of e skip locked`,
  );
}

/** Begin, or go on with, an erasure; it cannot be cancelled any more. @returns null where there is nothing to erase. */
export async function beginErasure(em: EntityManager, id: string): Promise<Erasure | null> {
  const erasure = await em.findOneOrFail(Erasure, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const status = statusOf(erasure);
  if (status === 'CANCELLED' || status === 'COMPLETED') return null;
  erasure.startedAt ??= await databaseNow(em);
  return erasure;
}

/** Add to what an erasure has erased, in the transaction that erases it. */
export async function countErased(
  em: EntityManager,
  id: string,
  counts: Record<string, number>,
): Promise<void> {
  for (const [table, rows] of Object.entries(counts)) {
    if (rows === 0) continue;
    await em.execute(
      `update erasures set counts =
         jsonb_set(counts, array[?], to_jsonb(coalesce((counts ->> ?)::bigint, 0) + ?))
       where id = ?`,
      [table, table, rows, id],
    );
  }
}

/**
 * End an erasure with its certificate: what was erased, when, and who asked for it. It stands in the audit log, whose
 * rows nobody can change, as the text that its hash is of; the hash stands beside the erasure, too.
 */
export async function certifyErasure(em: EntityManager, id: string): Promise<void> {
  const erasure = await em.findOneOrFail(Erasure, id, { refresh: true });
  const { organizationId, subject, subjectId, requestedBy, createdAt, startedAt, counts } = erasure;
  const completedAt = await databaseNow(em);
  const rows = Object.fromEntries(Object.entries(counts).sort());
  const certificate = JSON.stringify({
    ...{ erasureId: id, subject, subjectId, rows },
    ...{ requestedBy, requestedAt: createdAt, startedAt, completedAt },
  });
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  erasure.completedAt = completedAt;
  erasure.certificateHash = sha256;
  const origin = { requestId: id, ip: null, userAgent: null };
  const actor = { organizationId, clientIds: null, userId: requestedBy, email: null, origin };
  recordChange(
    em,
    { ...actor, role: 'OWNER' },
    {
      action: 'ERASE',
      entityType: subject === 'CLIENT' ? 'Client' : 'User',
      entityId: subjectId,
      before: null,
      after: { certificate, sha256 },
    },
  );
  await em.flush();
}
