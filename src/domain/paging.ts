import { badInput } from './errors.ts';

/** Which part of a list is wanted: the first `first` after the row that `after` marks. */
export interface PageRequest {
  first: number;
  after: string | null;
}

/** A part of a list; each row with the cursor that marks it. */
export interface Page<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

const largestPage = 1000;

/** @throws {DomainError} BAD_USER_INPUT when `first` is not 1 to 1,000. */
export function checkFirst(first: number): number {
  if (first < 1 || first > largestPage)
    throw badInput(`first must be 1 to ${largestPage}.`, 'first');
  return first;
}

/** The values that a list is ordered by, as an opaque cursor. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param patterns what each value must look like.
 * @throws {DomainError} BAD_USER_INPUT when it is not a cursor of such a list.
 */
export function decodeCursor(cursor: string, ...patterns: RegExp[]): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === patterns.length) {
      const isText = values.every((value) => typeof value === 'string' && !value.includes('\0'));
      if (isText && patterns.every((pattern, index) => pattern.test(values[index]))) return values;
    }
  } catch {
    // Not even JSON: the same answer.
  }
  throw badInput('The cursor is not one of this list.', 'after');
}

/** Any text. */
export const anyPattern = /^/;
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Make a page of rows that were fetched with one more than was asked for.
 *
 * @param keyOf the values that the list is ordered by.
 */
export function toPage<T>(rows: T[], request: PageRequest, keyOf: (row: T) => string[]): Page<T> {
  const edges = rows
    .slice(0, request.first)
    .map((node) => ({ node, cursor: encodeCursor(keyOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > request.first,
      hasPreviousPage: request.after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
