import type { EntityManager } from '@mikro-orm/postgresql';
import { checkSize } from '../paging.ts';
import { IngestionRun } from './ingestion-run.entity.ts';

/**
 * The last runs of a client's feeds, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT when `first` is not 1 to 1,000.
 */
export async function listLastRuns(
  em: EntityManager,
  clientId: string,
  first: number,
): Promise<IngestionRun[]> {
  const { size } = checkSize({ first });
  // Feed by feed, each of which has an index by time.
  const rows = await em.execute<object[]>(
    `select r.* from feeds f
     cross join lateral (
       select * from ingestion_runs where feed_id = f.id order by created_at desc limit ?
     ) r
     where f.client_id = ? order by r.created_at desc, r.id limit ?`,
    [size, clientId, size],
  );
  return rows.map((row) => em.map(IngestionRun, row as never));
}
