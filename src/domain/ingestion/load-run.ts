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

/** What a day of a feed was built from, and what somebody decided against: objects as `key etag`. */
export interface KnownObjects {
  applied: Set<string>;
  passedOver: Set<string>;
  /** Ids of the corrected rejects that belong to the applied ones. */
  correctionIds: string[];
}

/** The objects that are known of each day of a range. */
export async function findKnownObjects(
  em: EntityManager,
  feed: Feed,
  { from, to }: DateRange,
): Promise<Map<LocalDate, KnownObjects>> {
  const rows = await em.execute<
    { date: LocalDate; id: string; name: string; isApplied: boolean; isCorrection: boolean }[]
  >(
    `select s.date, o.id, o.key || ' ' || o.etag as name, o.is_correction as "isCorrection",
       o.id = any (s.object_ids) as "isApplied"
     from slices s join source_objects o on o.id = any (s.object_ids || s.passed_over)
     where s.feed_id = ? and s.date between ? and ?
     order by s.date, array_position(s.object_ids, o.id)`,
    [feed.id, from, to],
  );
  const byDate = Map.groupBy(rows, ({ date }) => date);
  const namesOf = (objects: typeof rows) => new Set(objects.map(({ name }) => name));
  return new Map(
    [...byDate].map(([date, objects]) => {
      const files = objects.filter(({ isCorrection }) => !isCorrection);
      const corrections = objects.filter((each) => each.isCorrection && each.isApplied);
      return [
        date,
        {
          applied: namesOf(files.filter(({ isApplied }) => isApplied)),
          passedOver: namesOf(files.filter(({ isApplied }) => !isApplied)),
          correctionIds: corrections.map(({ id }) => id),
        },
      ];
    }),
  );
}
