import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { IngestionRun } from './ingestion-run.entity.ts';

/** The newest run of each of many feeds, by feed; null where there was none. */
export async function findLastRuns(
  em: EntityManager,
  feedIds: readonly string[],
): Promise<Map<string, IngestionRun | null>> {
  const rows = await em.execute<object[]>(
    `select r.* from unnest(?::uuid[]) wanted (id)
     cross join lateral (
       select * from ingestion_runs where feed_id = wanted.id order by created_at desc limit 1
     ) r`,
    [arrayLiteral(feedIds)],
  );
  const runs = new Map(
    rows.map((row) => em.map(IngestionRun, row as never)).map((run) => [run.feedId, run]),
  );
  return new Map(feedIds.map((id) => [id, runs.get(id) ?? null]));
}
