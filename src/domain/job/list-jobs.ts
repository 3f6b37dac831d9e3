import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { badInput } from '../errors.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { JobRun, type JobStatus } from './job-run.entity.ts';

/** Which jobs are wanted; what is left out does not limit. */
export interface JobFilter {
  statuses?: JobStatus[] | null;
  queue?: string | null;
  name?: string | null;
  clientId?: string | null;
  createdFrom?: Date | null;
  createdBefore?: Date | null;
}

/**
 * Jobs, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a filter, a page size or a cursor that cannot be used.
 */
export async function listJobs(
  em: EntityManager,
  filter: JobFilter,
  request: PageRequest,
): Promise<Page<JobRun>> {
  const texts = [filter.queue, filter.name];
  if (texts.some((text) => text?.includes('\0'))) throw badInput('A name holds no NUL.', 'filter');
  const conditions: [sql: string, ...values: unknown[]][] = [];
  if (filter.statuses) {
    conditions.push(['status = any (?::text[])', arrayLiteral(filter.statuses)]);
  }
  if (filter.queue) conditions.push(['queue = ?', filter.queue]);
  if (filter.name) conditions.push(['name = ?', filter.name]);
  if (filter.clientId) conditions.push(['client_id = ?', filter.clientId]);
  if (filter.createdFrom) conditions.push(['created_at >= ?', filter.createdFrom]);
  if (filter.createdBefore) conditions.push(['created_at < ?', filter.createdBefore]);
  const page = readPage(request, newestFirst('jobs'));
  conditions.push(['?', page.between]);
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from job_runs where ${conditions.map(([sql]) => sql).join(' and ')}
     order by ${page.orderBy} limit ?`,
    [...conditions.flatMap(([, ...values]) => values), page.limit],
  );
  return page.toPage(rows, (row) => em.map(JobRun, row as never));
}
