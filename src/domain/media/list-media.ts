import { type RawQueryFragment, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { numbered } from '../numbered.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { readRows } from '../read-rows.ts';
import { levels, type NodeLevel, tableOf } from './levels.ts';
import { filterMedia, type MediaFilter } from './media-filter.ts';
import { type MediaOrder, type OrderedRow, readOrder } from './media-order.ts';
import {
  lookUpEach,
  type MetricInRange,
  type MetricOfEach,
  sumAllCreatives,
} from './metric-of-each.ts';
import type { ListedNode } from './node-entities.ts';
import { columnsOf, nodeReader } from './read-nodes.ts';

/** Which clients or media are wanted, in which order, and which part of their list. */
export interface MediaRequest {
  filter: MediaFilter;
  order: MediaOrder;
  page: PageRequest;
}

/** In whose lists they are: those of clients, or of the level just above. */
export interface Parents {
  level: NodeLevel;
  ids: readonly string[];
}

interface ListedRow extends OrderedRow {
  /** Where the list is of another node than the row itself says. */
  merged_parent_id: string | null;
  [column: string]: unknown;
}

/**
 * Lists of clients or media: one for each of many parents, or one of all that the tenant may see, in one statement.
 *
 * What was merged into another is left out; the children of what was merged into a parent are its own.
 *
 * @param parents null for one list of all, under the key `''`.
 * @returns a page by parent id.
 * @throws {DomainError} BAD_USER_INPUT for a filter, an order, a page size or a cursor that cannot be used.
 */
export async function listMedia<L extends NodeLevel>(
  em: EntityManager,
  level: L,
  parents: Parents | null,
  { filter, order, page: request }: MediaRequest,
): Promise<Map<string, Page<ListedNode<L>>>> {
  const { ordering, by } = readOrder(level, order);
  const page = readPage(request, ordering);
  const source = sourceOf(level, parents);
  const each = by && metricOfEach(level, parents, filter, by);
  const query = raw(
    `${each ? '?' : ''} select nullif(p.parent_id, e.${source.column}) as merged_parent_id,
       ${columnsOf(em, level, order.field === 'CREATED_AT')} ${each ? ', e.value' : ''}
     from (?) p
     cross join lateral (
       select e.* ${each ? ', v.value' : ''}
       from ${tableOf(level)} e ${each ? '?' : ''}
       where e.${source.column} = p.row_id and ? and ?
       order by ${page.orderBy} limit ?
     ) e
     order by p.parent_id, ${page.orderBy} ${parents ? '' : 'limit ?'}`,
    [
      ...(each ? [each.before, source.rows, each.join] : [source.rows]),
      ...[filterMedia(level, filter), page.between, page.limit],
      ...(parents ? [] : [page.limit]),
    ],
  );
  const rows = await readRows<ListedRow>(em, ...numbered(query));
  const toNode = nodeReader<ListedNode<L>>(em, level);
  const byParent = Map.groupBy(rows, (row) =>
    parents ? (row.merged_parent_id ?? String(row[source.column])) : '',
  );
  const lists = parents?.ids ?? [''];
  return new Map(lists.map((id) => [id, page.toPage(byParent.get(id) ?? [], toNode)]));
}

function metricOfEach(
  level: NodeLevel,
  parents: Parents | null,
  { clientIds }: MediaFilter,
  by: MetricInRange,
): MetricOfEach {
  if (level !== 'creative' || parents?.level === 'placement') return lookUpEach(level, by);
  return sumAllCreatives(parents?.ids ?? clientIds ?? null, by);
}

/** How many there are in each list, whatever the page. @returns a number by parent id. */
export async function countMedia(
  em: EntityManager,
  level: NodeLevel,
  parents: Parents | null,
  filter: MediaFilter,
): Promise<Map<string, number>> {
  const source = sourceOf(level, parents);
  const query = raw(
    `select p.parent_id, count(*) as count
     from (?) p join ${tableOf(level)} e on e.${source.column} = p.row_id
     where ? group by p.parent_id`,
    [source.rows, filterMedia(level, filter)],
  );
  const rows = await readRows<{ parent_id: string | null; count: string }>(em, ...numbered(query));
  const byParent = new Map(rows.map((row) => [row.parent_id ?? '', Number(row.count)]));
  return new Map((parents?.ids ?? ['']).map((id) => [id, byParent.get(id) ?? 0]));
}

/**
 * Where lists come from: rows `row_id`, what is below each of which is part of the list `parent_id`, and the
 * column that leads to them.
 *
 * The list of all is made client by client, each of which has an index in the order of names.
 */
function sourceOf(
  level: NodeLevel,
  parents: Parents | null,
): { rows: RawQueryFragment; column: string } {
  if (!parents) {
    const [table, column] =
      level === 'client' ? ['organizations', 'organization_id'] : ['clients', 'client_id'];
    return { rows: raw(`select id as row_id, null::uuid as parent_id from ${table}`), column };
  }
  const [only, ...others] = parents.ids;
  const ids = raw('?::uuid[]', [arrayLiteral(parents.ids)]);
  // Of a single one it is known when it is planned that nothing is left to sort: half the time.
  const own =
    others.length === 0
      ? raw('select ?::uuid as row_id, ?::uuid as parent_id', [only, only])
      : raw('select id as row_id, id as parent_id from unnest(?) as own (id)', [ids]);
  if (parents.level === 'client') return { rows: own, column: 'client_id' };
  const merged = `select id, canonical_id from ${tableOf(parents.level)} where canonical_id = any (?)`;
  const column = levels.find(({ name }) => name === level)?.parentColumn ?? 'client_id';
  return { rows: raw(`? union all ${merged}`, [own, ids]), column };
}
