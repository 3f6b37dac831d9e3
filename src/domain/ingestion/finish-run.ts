import type { EntityManager } from '@mikro-orm/postgresql';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice, type RunSliceStatus } from './run-slice.entity.ts';

const good: RunSliceStatus[] = ['APPLIED', 'UNCHANGED', 'SUPERSEDED', 'DISCARDED'];

/**
 * What a run came to, by its slices.
 *
 * HELD where a day waits for an admin; DISCARDED where all that it held was; SUCCEEDED where all days are good, PARTIAL
 * where some are; else FAILED, or MISSING where there was nothing to load.
 */
export function outcomeOf(slices: readonly Pick<RunSlice, 'status'>[]): IngestionRun['outcome'] {
  const count = (...statuses: RunSliceStatus[]) =>
    slices.filter(({ status }) => statuses.includes(status)).length;
  if (count('HELD') > 0) return 'HELD';
  if (count('DISCARDED') === slices.length) return 'DISCARDED';
  const goodCount = count(...good);
  if (goodCount === slices.length) return 'SUCCEEDED';
  if (goodCount > 0) return 'PARTIAL';
  return count('FAILED') > 0 ? 'FAILED' : 'MISSING';
}

/**
 * Derive a run's outcome from its slices and keep it.
 *
 * @returns the outcome and, for a run that failed, the first day's reason.
 */
export async function finishRun(
  em: EntityManager,
  runId: string,
  timings: Record<string, number>,
): Promise<{ outcome: IngestionRun['outcome']; reason: string | null }> {
  const run = await em.findOneOrFail(IngestionRun, runId);
  const slices = await em.find(RunSlice, { runId }, { orderBy: { date: 'asc' } });
  const failed = slices.find((slice) => slice.status === 'FAILED');
  run.outcome = outcomeOf(slices);
  run.timings = addTimings(run.timings, timings);
  await em.flush();
  return { outcome: run.outcome, reason: failed?.reason ?? null };
}

function addTimings(one: Record<string, number>, other: Record<string, number>) {
  const sum = { ...one };
  for (const [stage, ms] of Object.entries(other)) sum[stage] = Math.round((sum[stage] ?? 0) + ms);
  return sum;
}
