import { readLists } from './read-lists.ts';

/** Where a brand stands in an answer, from 1. */
export interface Position {
  readonly rank: number;
  /**
   * LIST: among all items of the first list, table or run of numbered headings with an item about the brand. MENTIONS: without such, among
   * the brands looked for, by who is named first.
   */
  readonly of: 'LIST' | 'MENTIONS';
}

interface Named {
  readonly brandId: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The position of each brand that is named.
 *
 * An item is about the brand that it begins with, but for marks and a label such as `Best overall:`. Lists of one item are none.
 * Source: rank in the list is what open trackers average (formats, AEO metrics); the order of mentions is our own stand-in for prose.
 * @param mentions in the order of the text
 */
export function findPositions(text: string, mentions: readonly Named[]): Map<string, Position> {
  const positions = new Map<string, Position>();
  const items = readLists(text);
  const sizes = new Map<number, number>();
  for (const { list } of items) sizes.set(list, (sizes.get(list) ?? 0) + 1);
  let next = 0;
  for (const { head, rank, list } of items) {
    while (mentions[next] && (mentions[next] as Named).start < head.start) next += 1;
    const first = mentions[next];
    if (!first || first.start >= head.end || sizes.get(list) === 1) continue;
    if (!beginsWith(text, head.start, first.start)) continue;
    for (let same = next; mentions[same]?.start === first.start; same++) {
      const { brandId } = mentions[same] as Named;
      if (!positions.has(brandId)) positions.set(brandId, { rank, of: 'LIST' });
    }
  }
  const order = [...new Set(mentions.map(({ brandId }) => brandId))];
  for (const [index, brandId] of order.entries()) {
    if (!positions.has(brandId)) positions.set(brandId, { rank: index + 1, of: 'MENTIONS' });
  }
  return positions;
}

/** Whether nothing but marks, a rank or a label stands between the begin of an item and its first mention. */
function beginsWith(text: string, from: number, to: number): boolean {
  if (to - from > longestLabel) return false;
  const between = text.slice(from, to);
  return !/\p{L}/u.test(between) || /^[^:|]*:[\s*_"[]*$/.test(between);
}

const longestLabel = 60;
