import type { DateRange } from '../domain/calendar.ts';

/**
 * The `Link` header of a page that another one follows.
 *
 * The days are written out, since a preset could mean others by then; the token is left out, since addresses
 * are kept.
 *
 * @param address path and parameters of the page.
 */
export function linkToNext(address: string, { from, to }: DateRange, after: string): string {
  const { pathname, searchParams } = addressOf(address);
  for (const name of ['token', 'preset']) searchParams.delete(name);
  for (const [name, value] of Object.entries({ from, to, after })) searchParams.set(name, value);
  return `<${pathname}?${searchParams}>; rel="next"`;
}

/** @param address path and parameters of a request. */
export function addressOf(address: string): URL {
  return new URL(address, 'http://localhost');
}
