import type { EntityManager } from '@mikro-orm/postgresql';
import {
  checkFirst,
  decodeCursor,
  type Page,
  type PageRequest,
  toPage,
  uuidPattern,
} from '../paging.ts';
import { IngestionRun } from './ingestion-run.entity.ts';

/**
 * Ingestion runs, the newest first.
 *
 * @param feedId only those of this feed; null for all that the tenant may see.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listRuns(
  em: EntityManager,
  feedId: string | null,
  request: PageRequest,
): Promise<Page<IngestionRun>> {
  const after =
    request.after === null ? null : decodeCursor(request.after, /^\d{1,15}$/, uuidPattern);
  const rows = await em.execute<object[]>(
    `select * from ingestion_runs
     where true ${feedId ? 'and feed_id = ?' : ''}
       ${after ? 'and (created_at, id) < (to_timestamp(? / 1000.0), ?::uuid)' : ''}
     order by created_at desc, id desc limit ?`,
    [...(feedId ? [feedId] : []), ...(after ?? []), checkFirst(request.first) + 1],
  );
  const runs = rows.map((row) => em.map(IngestionRun, row as never));
  return toPage(runs, request, (run) => [String(run.createdAt.getTime()), run.id]);
}
