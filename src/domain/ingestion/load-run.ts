import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange, LocalDate } from '../calendar.ts';
import { Feed } from '../feed/feed.entity.ts';
import { Organization, type Severity } from '../identity/organization.entity.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { RunSlice } from './run-slice.entity.ts';

/** A run with what its job needs to know. */
export interface LoadedRun {
  run: IngestionRun;
  feed: Feed;
  /** Slices that this run has not finished, in order: what a killed worker did is not done again. */
  pending: RunSlice[];
  /** How the organization takes the rules of rows of this source, where it differs from the source's way. */
  severities: Record<string, Severity>;
}

/** @throws when the run is not there: it was made in the transaction that enqueued its job. */
export async function loadRun(em: EntityManager, runId: string): Promise<LoadedRun> {
  const run = await em.findOneOrFail(IngestionRun, runId);
  const feed = await em.findOneOrFail(Feed, run.feedId);
  const organization = await em.findOneOrFail(Organization, run.organizationId);
  const pending = await em.find(
    RunSlice,
    { runId, status: 'PENDING' },
    { orderBy: { date: 'asc' } },
  );
  return { run, feed, pending, severities: organization.ruleSeverities[feed.source] ?? {} };
}

/** The objects that each applied day of a range was built from, as `key etag`. */
export async function findAppliedKeys(
  em: EntityManager,
  feed: Feed,
  { from, to }: DateRange,
): Promise<Map<LocalDate, Set<string>>> {
  const rows = await em.execute<{ date: LocalDate; key: string; etag: string }[]>(
    `select s.date, o.key, o.etag from slices s join source_objects o on o.id = any (s.object_ids)
     where s.feed_id = ? and s.version > 0 and s.date between ? and ?`,
    [feed.id, from, to],
  );
  const applied = new Map<LocalDate, Set<string>>();
  for (const { date, key, etag } of rows) {
    applied.set(date, (applied.get(date) ?? new Set()).add(`${key} ${etag}`));
  }
  return applied;
}
