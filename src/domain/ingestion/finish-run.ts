import type { EntityManager } from '@mikro-orm/postgresql';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice, type RunSliceStatus } from './run-slice.entity.ts';

const good: RunSliceStatus[] = ['APPLIED', 'UNCHANGED', 'SUPERSEDED'];

/**
 * Derive a run's outcome from its slices and keep it.
 *
 * HELD where a day waits for an admin; SUCCEEDED where all days are good, PARTIAL where some are; else
 * FAILED, or MISSING where there was nothing to load.
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
  const goodCount = slices.filter((slice) => good.includes(slice.status)).length;
  const failed = slices.find((slice) => slice.status === 'FAILED');
  if (slices.some((slice) => slice.status === 'HELD')) run.outcome = 'HELD';
  else if (goodCount === slices.length) run.outcome = 'SUCCEEDED';
  else if (goodCount > 0) run.outcome = 'PARTIAL';
  else run.outcome = failed ? 'FAILED' : 'MISSING';
  run.timings = addTimings(run.timings, timings);
  await em.flush();
  return { outcome: run.outcome, reason: failed?.reason ?? null };
}

function addTimings(one: Record<string, number>, other: Record<string, number>) {
  const sum = { ...one };
  for (const [stage, ms] of Object.entries(other)) sum[stage] = Math.round((sum[stage] ?? 0) + ms);
  return sum;
}
