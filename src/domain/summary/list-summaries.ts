import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import { Summary } from './summary.entity.ts';
import type { SummaryKind } from './summary-settings.ts';

/** Which summaries are wanted; what is null or left out does not limit. */
export interface SummaryFilter {
  clientId?: string | null;
  kind?: SummaryKind | null;
  /** Of periods that end on this day or later. */
  from?: LocalDate | null;
  /** Of periods that begin on this day or earlier. */
  to?: LocalDate | null;
  /** Only of clients that are ACTIVE. */
  isActive?: boolean;
}

interface Row {
  id: string;
  to_date: string;
}

const latestFirst: Ordering<Row> = {
  name: 'summaries',
  isDescending: true,
  keys: [
    { sql: 'to_date', type: 'date', valueOf: (row) => row.to_date },
    { sql: 'id', type: 'uuid', valueOf: ({ id }) => id },
  ],
};

/** Weeks that began on another day, from before the organization said so, overlap with those of now. */
const isOfNow = `(kind <> 'WEEKLY' or extract(dow from from_date) = (select week_starts_on from organizations))`;

/**
 * Summaries, those of the latest periods first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listSummaries(
  em: EntityManager,
  { clientId, kind, from, to, isActive }: SummaryFilter,
  request: PageRequest,
): Promise<Page<Summary>> {
  const page = readPage(request, latestFirst);
  const wanted: [sql: string, ...values: unknown[]][] = [[isOfNow]];
  if (clientId) wanted.push(['client_id = ?', clientId]);
  if (kind) wanted.push(['kind = ?', kind]);
  if (from) wanted.push(['to_date >= ?', from]);
  if (to) wanted.push(['from_date <= ?', to]);
  if (isActive) wanted.push([`client_id in (select id from clients where status = 'ACTIVE')`]);
  const rows = await em.execute<Row[]>(
    `select * from summaries where ${[...wanted.map(([sql]) => sql), '?'].join(' and ')}
     order by ${page.orderBy} limit ?`,
    [...wanted.flatMap(([, ...values]) => values), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Summary, row as never));
}

/** The summary of the latest period of each of many clients. @param until the last day that it may end on. */
export async function findLatestSummaries(
  em: EntityManager,
  clientIds: readonly string[],
  { kind, until }: { kind: SummaryKind; until: LocalDate | null },
): Promise<Map<string, Summary | null>> {
  const rows = await em.execute<Row[]>(
    `select s.* from unnest(?::uuid[]) as c (id)
     cross join lateral (
       select * from summaries
       where client_id = c.id and kind = ? and to_date <= coalesce(?::date, 'infinity') and ${isOfNow}
       order by to_date desc limit 1
     ) s`,
    [arrayLiteral(clientIds), kind, until],
  );
  const summaries = rows.map((row) => em.map(Summary, row as never));
  const byClient = new Map(summaries.map((summary) => [summary.clientId, summary]));
  return new Map(clientIds.map((id) => [id, byClient.get(id) ?? null]));
}

/** For each of many summaries, the one of the period just before. */
export async function findPreviousSummaries(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Summary | null>> {
  const rows = await em.execute<(Row & { next_id: string })[]>(
    `select s.id as next_id, p.* from summaries s
     join summaries p on p.client_id = s.client_id and p.kind = s.kind and p.to_date = s.from_date - 1
     where s.id = any (?::uuid[])`,
    [arrayLiteral(ids)],
  );
  const previous = rows.map(
    ({ next_id: id, ...row }) => [id, em.map(Summary, row as never)] as const,
  );
  const byId = new Map(previous);
  return new Map(ids.map((id) => [id, byId.get(id) ?? null]));
}
