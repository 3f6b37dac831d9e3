import { deepStrictEqual } from 'node:assert';

/**
 * Check that two graphs answered alike: the same nodes by the same names with the same numbers, whatever their
 * ids, and whether a list is told as edges or as nodes and a number as text.
 *
 * @throws {AssertionError} showing the difference.
 */
export function assertSameAnswer(ours: unknown, theirs: unknown, question: string): void {
  deepStrictEqual(plain(theirs), plain(ours), `The peer answers "${question}" otherwise`);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) {
    return Number(value).toPrecision(14);
  }
  if (typeof value !== 'object' || value === null) return value;
  const { edges, nodes } = value as { edges?: { node: unknown }[]; nodes?: unknown[] };
  const list = nodes ?? edges?.map(({ node }) => node);
  if (list) return list.map(plain);
  const fields = Object.entries(value).filter(([name]) => name !== 'id');
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]));
}
