import type { Span } from './brand.ts';
import type { Host } from './find-hosts.ts';
import { findHosts } from './find-hosts.ts';
import { findMisspellings } from './find-misspellings.ts';
import { findNames, type NamedPlace } from './find-names.ts';
import { foldName } from './fold-character.ts';
import { type FoldedText, foldText } from './fold-text.ts';
import type { Profile } from './profile.ts';

/** All places where brands may be named, in the order of the text, and the text as it was searched. */
export interface NamedPlaces {
  readonly places: readonly NamedPlace[];
  readonly folded: FoldedText;
}

/**
 * Find names, domains and misspellings in what the reader sees.
 *
 * A host is searched as a whole: a brand's own is its domain (or its name, if that is what it is called), and names in that of
 * somebody else (notasana.com) are none. After 10,000 places no more are looked for.
 */
export function placeNames(text: string, profile: Profile, hidden: readonly Span[]): NamedPlaces {
  const hosts = findHosts(text, profile.domains).filter((host) => !covers(hidden, host));
  const closed = merge(
    hidden,
    hosts.map((host) => withPath(text, host)),
  );
  const folded = foldText(text, closed);
  const named = findNames(profile.names, folded, mostPlaces);
  const misspelt = findMisspellings(
    profile.misspellings,
    blank(text, merge(closed, distinct(named))),
    mostPlaces,
  );
  const own = hosts.flatMap((host) => placesOf(text, host)).slice(0, mostPlaces);
  return {
    places: [...named, ...misspelt, ...own].sort((a, b) => a.start - b.start).slice(0, mostPlaces),
    folded,
  };
}

function placesOf(text: string, { start, end, domain, brands }: Host): NamedPlace[] {
  if (brands.length === 0) return [];
  const spelling = foldName(text.slice(start, end));
  return brands.map((brand) => {
    const order = brand.names.findIndex((name) => foldName(name) === spelling);
    const kind = order === -1 ? 'DOMAIN' : order === 0 ? 'NAME' : 'ALIAS';
    return { start, end, brand, name: brand.names[order] ?? domain, kind, likeness: 1, spelling };
  });
}

/** An answer that names brands more often than this is no answer; what is kept of it stays small. */
const mostPlaces = 10_000;

/** A host and the path behind it, in which no names are looked for. */
function withPath(text: string, { start, end }: Host): Span {
  if (text.charAt(end) !== '/') return { start, end };
  const path = /^\/[^\s<>()[\]"'`|*]{0,2048}/.exec(text.slice(end, end + 2049));
  return { start, end: end + (path?.[0].length ?? 0) };
}

function covers(hidden: readonly Span[], { start }: Span): boolean {
  let [low, high] = [0, hidden.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hidden[middle] as Span).end <= start) low = middle + 1;
    else high = middle;
  }
  return (hidden[low]?.start ?? Number.POSITIVE_INFINITY) <= start;
}

/** Spans of both, in order; of those that overlap, the first and what the other has beyond it. */
function merge(one: readonly Span[], other: readonly Span[]): Span[] {
  const all = [...one, ...other].sort((a, b) => a.start - b.start);
  let last = 0;
  return all.flatMap(({ start, end }) => {
    const begin = Math.max(start, last);
    last = Math.max(last, end);
    return begin < end ? [{ start: begin, end }] : [];
  });
}

/** Places of several brands by one name stand in the same span. */
function distinct(places: readonly NamedPlace[]): NamedPlace[] {
  return places.filter(({ start }, index) => start !== places[index - 1]?.start);
}

/** The text with NULs for some of it, so that places stay what they are. */
function blank(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(from, start), '\0'.repeat(end - start));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
