import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { IngestionRun } from './ingestion-run.entity.ts';
import { conditionsOf, type RunFilter } from './run-filter.ts';

/**
 * Ingestion runs, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a filter, a page size or a cursor that cannot be used.
 */
export async function listRuns(
  em: EntityManager,
  filter: RunFilter,
  request: PageRequest,
): Promise<Page<IngestionRun>> {
  const page = readPage(request, newestFirst('ingestionRuns'));
  const { sql, parameters } = conditionsOf(filter);
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select r.* from ingestion_runs r where ${sql} and ? order by ${page.orderBy} limit ?`,
    [...parameters, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(IngestionRun, row as never));
}
