import type { EntityManager } from '@mikro-orm/postgresql';
import { snapshotInstant } from '../domain/database-clock.ts';
import { globalIdSql, parseGlobalId } from '../domain/global-id.ts';
import { type BuiltQuery, buildQuery, ofSameFacts } from '../domain/metric-rows/build-query.ts';
import { type Column, ownId } from '../domain/metric-rows/columns.ts';
import type { Row } from '../domain/metric-rows/order-rows.ts';
import type { PageReading } from '../domain/paging.ts';
import type { Format } from './format.ts';

const usualFirst = 10_000;
const rowsPerRead = 1_000;

/** One page of rows in a document, with the columns, the totals and where the next page is. */
export const json: Format = {
  extension: 'json',
  contentType: 'application/json; charset=utf-8',
  isCompressible: true,
  usualFirst,
  async open({ em }, { question, query, built, page, isComplete, archivedMonths }) {
    const first = question.first ?? usualFirst;
    await declarePage(em, built, page);
    const endCursor = await findEnd(em, first, built, page);
    const head = JSON.stringify({
      columns: built.columns.map(({ isAdditive, ...column }) => ({
        ...column,
        additive: isAdditive,
      })),
      range: query.range,
      complete: isComplete,
      archivedMonths: archivedMonths.map(({ month, isCounted: counted }) => ({ month, counted })),
      asOf: await snapshotInstant(em),
      pageInfo: { hasNextPage: endCursor !== null, endCursor },
    });
    const totals = buildQuery(ofSameFacts(query, []), globalIdSql);
    const totalRows = await readTexts(em, `${selectJson(totals)} order by 1`, totals.parameters);
    const begin = `${head.slice(0, -1)},"totals":[${totalRows.join(',')}],"rows":[`;
    return { endCursor, body: writeRows(em, begin, first) };
  },
};

/** Have the page's rows written by PostgreSQL, in a cursor that can be moved. */
async function declarePage(
  em: EntityManager,
  built: BuiltQuery,
  { between, orderBy, limit }: PageReading<Row>,
): Promise<void> {
  await em.execute(
    `declare page scroll cursor for ${selectJson(built, `where ? order by ${orderBy} limit ?`)}`,
    [...built.parameters, between, limit],
  );
}

/** SQL of rows as JSON text. @param rest of the select, from rows `r`. */
function selectJson({ columns, sql }: BuiltQuery, rest = ''): string {
  const cells = columns.map(cellOf).join(', ');
  return `select row_to_json(j)::text as text from (select ${cells} from (${sql}) r ${rest}) j`;
}

/** Numbers of JSON would round a decimal. */
function cellOf({ key, type }: Column): string {
  return `r."${key}"${type === 'DECIMAL' ? '::text' : ''} as "${key}"`;
}

/** Where the page ends, if more rows come after it; known before the first row is sent. */
async function findEnd(
  em: EntityManager,
  first: number,
  { columns }: BuiltQuery,
  page: PageReading<Row>,
): Promise<string | null> {
  await em.execute(`move absolute ${first - 1} from page`);
  const [last, beyond] = await readTexts(em, 'fetch 2 from page');
  await em.execute('move absolute 0 from page');
  return last && beyond
    ? page.toPage([parseRow(last, columns)], (row) => row).pageInfo.endCursor
    : null;
}

async function* writeRows(em: EntityManager, begin: string, first: number) {
  let before = begin;
  for (let left = first; left > 0; left -= rowsPerRead) {
    const rows = await readTexts(em, `fetch ${Math.min(left, rowsPerRead)} from page`);
    if (rows.length === 0) break;
    yield `${before}\n${rows.join(',\n')}`;
    before = ',';
  }
  yield before === begin ? `${begin}]}\n` : '\n]}\n';
}

async function readTexts(em: EntityManager, sql: string, parameters: unknown[] = []) {
  const rows = await em.execute<{ text: string }[]>(sql, parameters);
  return rows.map(({ text }) => text);
}

/** A row as the database gives it: numbers digit by digit, and own ids. */
function parseRow(text: string, columns: readonly Column[]): Row {
  const keepDigits = (_: string, value: unknown, { source }: { source: string }) =>
    typeof value === 'number' ? source : value;
  const row: Row = JSON.parse(text, keepDigits as never);
  const ids = columns.filter(({ type }) => type === 'ID');
  const own = ids.map(({ key }) => [ownId(key), parseGlobalId(row[key] ?? '')?.id ?? null]);
  return { ...row, ...Object.fromEntries(own) };
}
