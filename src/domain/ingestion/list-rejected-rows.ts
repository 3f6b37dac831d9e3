import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import type { RejectedRow } from './rejected-row.entity.ts';

/** A rejected row with the day and the file that it is from. */
export interface ListedRejectedRow extends Pick<RejectedRow, 'id' | 'line' | 'cells' | 'reasons'> {
  runId: string;
  date: LocalDate;
  key: string;
}

/**
 * The rows that each of many runs rejected, by day and line, a page for each in one statement.
 *
 * @returns a page by run id.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listRejectedRows(
  em: EntityManager,
  runIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, Page<ListedRejectedRow>>> {
  const page = readPage(request, byLine);
  const rows = await em.execute<ListedRejectedRow[]>(
    `select x.*
     from unnest(?::uuid[]) r (id)
     cross join lateral (
       select s.run_id as "runId", s.date, row.id, row.line, row.cells, row.reasons, o.key
       from run_slices s
       join rejected_rows row on row.run_slice_id = s.id
       join source_objects o on o.id = row.object_id
       where s.run_id = r.id and ?
       order by ${page.orderBy} limit ?
     ) x`,
    [arrayLiteral(runIds), page.between, page.limit],
  );
  return new Map(
    runIds.map((runId) => {
      const own = rows.filter((row) => row.runId === runId);
      return [runId, page.toPage(own, (row) => row)];
    }),
  );
}

const byLine: Ordering<ListedRejectedRow> = {
  name: 'rejectedRows',
  isDescending: false,
  keys: [
    { sql: 's.date', type: 'date', valueOf: ({ date }) => date },
    { sql: 'row.line', type: 'integer', valueOf: ({ line }) => String(line) },
    { sql: 'row.id', type: 'integer', valueOf: ({ id }) => id },
  ],
};
