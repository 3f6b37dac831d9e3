import { type RawQueryFragment, raw } from '@mikro-orm/core';
import { isLocalDate } from './calendar.ts';
import { badInput } from './errors.ts';

/**
 * Which part of a list is wanted: the first or the last rows of what lies after one cursor and before
 * another; the first 50 where neither is said.
 */
export interface PageRequest {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** Where a page stands in its list, and the cursors of its first and last edges. */
interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A part of a list; each row with the cursor that marks it. */
export interface Page<T> {
  edges: { readonly cursor: string; readonly node: T }[];
  pageInfo: PageInfo;
}

/** What rows are ordered by: never null, and all keys of a list together differ for every two rows. */
export interface SortKey<T> {
  /** SQL expression. */
  sql: string;
  type: keyof typeof keyTypes;
  /** The same value of a row that was read, as text. */
  valueOf(row: T): string;
}

/** How a list is ordered: by keys that all go up, or all go down. */
export interface Ordering<T> {
  /** Of the list and its order: a cursor of another one is refused. */
  name: string;
  isDescending: boolean;
  keys: SortKey<T>[];
}

/** How a page is read: `where <between> order by <orderBy> limit <limit>`. */
export interface PageReading<T> {
  between: RawQueryFragment;
  orderBy: string;
  /** One row more than the page has, which tells whether there is another page. */
  limit: number;
  /** @param rows in the order in which they were read. @param toNode what is shown of a row. */
  toPage<N>(rows: T[], toNode: (row: T) => N): Page<N>;
}

const defaultPage = 50;
const largestPage = 1000;

/**
 * Find out how a page of a list is read.
 *
 * Pages are sought by the values that their cursors hold, never counted off: rows that come or go meanwhile
 * neither repeat nor hide others.
 *
 * @param largest how many rows a page may have.
 * @throws {DomainError} BAD_USER_INPUT for sizes other than 1 to `largest`, for both `first` and `last`, and for
 *   what is no cursor of this list in this order.
 */
export function readPage<T>(
  request: PageRequest,
  ordering: Ordering<T>,
  largest = largestPage,
): PageReading<T> {
  const { keys, isDescending } = ordering;
  const { size, isBackward } = checkSize(request, largest);
  const goesDown = isDescending !== isBackward;
  const bounds = (['after', 'before'] as const).flatMap((field) => {
    const cursor = request[field];
    return cursor == null ? [] : [boundOf(field, decodeCursor(cursor, field, ordering), ordering)];
  });
  return {
    between: raw(['true', ...bounds.map(() => '?')].join(' and '), bounds),
    orderBy: keys.map(({ sql }) => (goesDown ? `${sql} desc` : sql)).join(', '),
    limit: size + 1,
    toPage(rows, toNode) {
      const hasMore = rows.length > size;
      const shown = rows.slice(0, size);
      if (isBackward) shown.reverse();
      const edges = shown.map((row) => new RowEdge(toNode(row), row, ordering));
      const hasNext = isBackward ? request.before != null : hasMore;
      const hasPrevious = isBackward ? hasMore : request.after != null;
      return { edges, pageInfo: new RowPageInfo(edges, hasNext, hasPrevious) };
    },
  };
}

/** An edge; its cursor, opaque text that is fit for a URL, is made when it is looked at. */
class RowEdge<T, N> {
  readonly node: N;
  private readonly row: T;
  private readonly ordering: Ordering<T>;

  constructor(node: N, row: T, ordering: Ordering<T>) {
    this.node = node;
    this.row = row;
    this.ordering = ordering;
  }

  get cursor(): string {
    const { name, keys } = this.ordering;
    const place = [name, ...keys.map((key) => key.valueOf(this.row))];
    return Buffer.from(JSON.stringify(place)).toString('base64url');
  }
}

/** Where a page stands; its cursors too are made when they are looked at. */
class RowPageInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  private readonly edges: readonly { cursor: string }[];

  constructor(edges: readonly { cursor: string }[], hasNext: boolean, hasPrevious: boolean) {
    this.edges = edges;
    this.hasNextPage = hasNext;
    this.hasPreviousPage = hasPrevious;
  }

  get startCursor(): string | null {
    return this.edges.at(0)?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}

/** @throws {DomainError} BAD_USER_INPUT for sizes other than 1 to `largest`, and for both `first` and `last`. */
export function checkSize(
  { first, last }: PageRequest,
  largest = largestPage,
): { size: number; isBackward: boolean } {
  if (first != null && last != null) {
    throw badInput('Give first or last, not both.', 'first', 'last');
  }
  const field = last == null ? 'first' : 'last';
  const size = last ?? first ?? defaultPage;
  if (size < 1 || size > largest) throw badInput(`${field} must be 1 to ${largest}.`, field);
  return { size, isBackward: last != null };
}

function boundOf<T>(
  field: 'after' | 'before',
  values: string[],
  { keys, isDescending }: Ordering<T>,
): RawQueryFragment {
  const operator = (field === 'after') === isDescending ? '<' : '>';
  const parameters = keys.map(({ type }) => keyTypes[type].parameter);
  return raw(
    `(${keys.map(({ sql }) => sql).join(', ')}) ${operator} (${parameters.join(', ')})`,
    values,
  );
}

/** @returns the values that the cursor's row is ordered by. */
function decodeCursor<T>(
  cursor: string,
  field: 'after' | 'before',
  { name, keys }: Ordering<T>,
): string[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === keys.length + 1 && place[0] === name) {
      const values = place.slice(1);
      const isUsable = keys.every(({ type }, index) => {
        const value: unknown = values[index];
        return typeof value === 'string' && keyTypes[type].isOne(value);
      });
      if (isUsable) return values;
    }
  } catch {
    // Not even JSON: the same answer.
  }
  throw badInput('The cursor is not one of this list in this order.', field);
}

export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const instantPattern =
  /^(19|20|21)[-\d]{8} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/;

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);

/** For each type of sort key, what the database takes for a value of it, and how that is passed to it. */
const keyTypes = {
  text: { isOne: (text: string) => !text.includes('\0'), parameter: '?' },
  uuid: { isOne: matches(uuidPattern), parameter: '?::uuid' },
  boolean: { isOne: matches(/^(true|false)$/), parameter: '?::boolean' },
  integer: { isOne: matches(/^\d{1,18}$/), parameter: '?::bigint' },
  decimal: { isOne: matches(/^-?\d{1,60}(\.\d{1,60})?$/), parameter: '?::numeric' },
  date: { isOne: (text: string) => isLocalDate(text) && text > '1900', parameter: '?::date' },
  /** As PostgreSQL writes it, to the microsecond. */
  instant: {
    isOne: (text: string) => instantPattern.test(text) && isLocalDate(text.slice(0, 10)),
    parameter: '?::timestamptz',
  },
};
