import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { badInput } from '../errors.ts';
import {
  checkFirst,
  decodeCursor,
  type Page,
  type PageRequest,
  toPage,
  uuidPattern,
} from '../paging.ts';
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
  if (request.after !== null) {
    const [createdMs, id] = decodeCursor(request.after, /^\d{1,15}$/, uuidPattern);
    const after = '(created_at, id) < (to_timestamp(? / 1000.0), ?::uuid)';
    conditions.push([after, createdMs, id]);
  }
  const rows = await em.execute<object[]>(
    `select * from job_runs where ${['true', ...conditions.map(([sql]) => sql)].join(' and ')}
     order by created_at desc, id desc limit ?`,
    [...conditions.flatMap(([, ...values]) => values), checkFirst(request.first) + 1],
  );
  const runs = rows.map((row) => em.map(JobRun, row as never));
  return toPage(runs, request, (run) => [String(run.createdAt.getTime()), run.id]);
}
