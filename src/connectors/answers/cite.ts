import type { AnswerCitation } from '../../domain/aeo-audit/answer-platform.ts';
import { words } from './read-json.ts';

/** Citations of one answer beyond these are not read: an answer has few, and each is looked at. */
export const mostCitations = 1_000;
const [longestAddress, longestTitle, longestHost] = [8_000, 500, 253];

/**
 * A citation of a page.
 *
 * @param span where it stands in the text, in UTF-16 units.
 * @returns nothing where there is no address of a page (`javascript:` is none), or one of over 8,000 characters.
 */
export function cite(
  url: unknown,
  title: unknown,
  span: { start: number; end: number } | null,
  domain: string | null = null,
): AnswerCitation[] {
  const address = words(url);
  if (!address || address.length > longestAddress) return [];
  const page = URL.parse(address);
  if (page && !/^https?:$/.test(page.protocol)) return [];
  const host = domain ?? (page?.hostname.replace(/^www\./, '') || null);
  return [
    {
      url: address,
      title: words(title)?.slice(0, longestTitle) ?? null,
      domain: host && host.length <= longestHost ? host : null,
      start: span?.start ?? null,
      end: span?.end ?? null,
    },
  ];
}

/**
 * What turns places that are counted in something else into places in UTF-16 units.
 *
 * @param unit what the platform counts: code points, or bytes of UTF-8.
 */
export function placesIn(text: string, unit: 'CODE_POINTS' | 'BYTES'): (place: number) => number {
  const isPlain = unit === 'BYTES' ? isAscii(text) : !/[\ud800-\udbff]/.test(text);
  if (isPlain) return (place) => Math.min(place, text.length);
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    const size = unit === 'BYTES' ? Buffer.byteLength(character) : 1;
    for (let each = 0; each < size; each += 1) starts.push(at);
    at += character.length;
  }
  return (place) => starts[place] ?? text.length;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** The country of a locale, as `US`. */
export function countryOf(locale: string | null): string | null {
  if (!locale) return null;
  try {
    return new Intl.Locale(locale).region ?? null;
  } catch {
    return null;
  }
}
