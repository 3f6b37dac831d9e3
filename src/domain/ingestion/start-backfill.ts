import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { addDays, countDays, type DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';
import type { Feed } from '../feed/feed.entity.ts';
import type { Tenant } from '../identity/viewer.ts';
import { Backfill } from './backfill.entity.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { type EnqueueIngestion, startIngestion } from './start-ingestion.ts';

/** Past days of a feed to load. */
export interface BackfillRequest extends DateRange {
  /** Days of one run. */
  chunkDays: number;
  /** Whether chunks are loaded, too, that a run has loaded whole. */
  again: boolean;
  /** Who asks; the operator, where it is nobody. */
  actor?: Actor;
}

/** A part of a backfill, and what became of the wish to load it. */
export interface Chunk extends DateRange {
  outcome: 'STARTED' | 'IS UNDER WAY' | 'LOADED BEFORE';
  run: IngestionRun;
}

const mostChunks = 500;

/**
 * Load past days of a feed, a run for each chunk, the earliest first. A chunk whose run waits or runs is not started a
 * second time, and neither is one that was loaded whole.
 *
 * @param enqueue sends the job of a run, behind all other work.
 * @throws {DomainError} as {@link startIngestion}; BAD_USER_INPUT for chunks that are too short for so many days.
 */
export async function startBackfill(
  em: EntityManager,
  tenant: Tenant,
  feed: Feed,
  { from, to, chunkDays, again, actor }: BackfillRequest,
  enqueue: EnqueueIngestion,
): Promise<{ backfill: Backfill; chunks: Chunk[] }> {
  if (!Number.isInteger(chunkDays) || chunkDays < 1 || chunkDays > 366) {
    throw badInput('A chunk has 1 to 366 days.', 'chunkDays');
  }
  if (countDays({ from, to }) > chunkDays * mostChunks) {
    throw badInput(`A backfill has at most ${mostChunks} chunks: take longer ones.`, 'chunkDays');
  }
  const { organizationId, clientId, id: feedId } = feed;
  const backfill = em.create(Backfill, {
    ...{ organizationId, clientId, feedId, fromDate: from, toDate: to, chunkDays },
    requestedBy: actor?.userId ?? null,
  });
  await em.flush();
  const chunks: Chunk[] = [];
  for (const range of inChunks({ from, to }, chunkDays)) {
    chunks.push(await startChunk(em, tenant, backfill, { range, again }, enqueue));
  }
  const skipped = chunks.filter(({ outcome }) => outcome !== 'STARTED');
  backfill.daysSkipped = skipped.reduce((days, chunk) => days + countDays(chunk), 0);
  if (actor) {
    const entity = { entityType: 'Backfill', entityId: backfill.id };
    const after = { feed: feedId, from, to, chunkDays };
    recordChange(em, actor, { action: 'START', ...entity, before: null, after });
  }
  await em.flush();
  return { backfill, chunks };
}

async function startChunk(
  em: EntityManager,
  tenant: Tenant,
  { id: backfillId, feedId }: Backfill,
  { range, again }: { range: DateRange; again: boolean },
  enqueue: EnqueueIngestion,
): Promise<Chunk> {
  const { from: fromDate, to: toDate } = range;
  const loaded = again
    ? null
    : await em.findOne(
        IngestionRun,
        { feedId, fromDate, toDate, outcome: 'SUCCEEDED' },
        { orderBy: { createdAt: 'desc' } },
      );
  if (loaded) return { ...range, outcome: 'LOADED BEFORE', run: loaded };
  let isNew = false;
  const run = await startIngestion(em, tenant, { feedId, range, trigger: 'BACKFILL' }, (made) => {
    isNew = true;
    made.backfillId = backfillId;
    return enqueue(made);
  });
  return { ...range, outcome: isNew ? 'STARTED' : 'IS UNDER WAY', run };
}

/** A range cut into pieces of at most so many days, in order. */
function inChunks({ from, to }: DateRange, days: number): DateRange[] {
  const chunks: DateRange[] = [];
  for (let start = from; start <= to; start = addDays(start, days)) {
    const end = addDays(start, days - 1);
    chunks.push({ from: start, to: end < to ? end : to });
  }
  return chunks;
}
