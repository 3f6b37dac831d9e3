/** Parts of an answer that nobody vouches for: each is read as what it should be, or as nothing. */

export type Part = Readonly<Record<string, unknown>>;

const nothing: Part = {};

export function part(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : nothing;
}

/** Those of a list that are objects. */
export function parts(value: unknown): Part[] {
  return Array.isArray(value) ? value.map(part) : [];
}

/** @returns null for an empty one too. */
export function words(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** More tokens than any answer takes: whoever says more is believed so many, which columns and sums have room for. */
const mostCounted = 10_000_000;

/** A number of tokens or the like: 0 where it is not said, at most 10 million. */
export function count(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? Math.min(value, mostCounted)
    : 0;
}

/** A place in a text. */
export function place(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
