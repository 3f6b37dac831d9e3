import { distance } from 'fastest-levenshtein';
import type { Brand } from './brand.ts';
import { isCommonWord } from './common-words.ts';
import type { NamedPlace } from './find-names.ts';
import { foldName } from './fold-character.ts';

interface Spelling {
  readonly brand: Brand;
  readonly name: string;
  /** The name, folded, its words joined. */
  readonly letters: string;
}

/** Names that can be told by a misspelling, by their first letter; made once for the answers of an audit. */
export function indexMisspellings(brands: readonly Brand[]): Map<string, Spelling[]> {
  const index = new Map<string, Spelling[]>();
  for (const brand of brands) {
    for (const name of brand.names) {
      const letters = foldName(name).replace(/[ '-]/g, '');
      if (!/^[\p{L}\p{N}]{5,40}$/u.test(letters) || isCommonWord(letters)) continue;
      const initial = letters.charAt(0);
      index.set(initial, [...(index.get(initial) ?? []), { brand, name, letters }]);
    }
  }
  return index;
}

/**
 * Words with a capital that are a name but for a letter or two (Saleforce), and names torn in two (Hub Spot).
 *
 * A word of the language is none, nor is one that begins with another letter: those are what other names have.
 * @param readable the text, with other characters for what is hidden or named already
 */
export function findMisspellings(
  index: ReadonlyMap<string, readonly Spelling[]>,
  readable: string,
  most: number,
): NamedPlace[] {
  const places: NamedPlace[] = [];
  const judged = new Map<string, Omit<NamedPlace, 'start' | 'end'> | null>();
  const judge = (written: string, torn: boolean) => {
    let verdict = judged.get(written);
    if (verdict === undefined) {
      verdict = nearest(index, written, torn);
      judged.set(written, verdict);
    }
    return verdict;
  };
  let previous: RegExpMatchArray | undefined;
  for (const match of readable.matchAll(capitalized)) {
    const { 0: word } = match;
    const start = match.index;
    const end = start + word.length;
    const before = previous && (previous.index ?? 0) + previous[0].length;
    const torn = before === start - 1 && /[ -]/.test(readable.charAt(before));
    const pair = torn && previous ? judge(`${previous[0]} ${word}`, true) : null;
    const found = pair ?? judge(word, false);
    if (found) places.push({ ...found, start: pair ? (previous?.index ?? start) : start, end });
    previous = found ? undefined : match;
    if (places.length >= most || judged.size >= mostWords) break;
  }
  return places;
}

function nearest(
  index: ReadonlyMap<string, readonly Spelling[]>,
  written: string,
  torn: boolean,
): Omit<NamedPlace, 'start' | 'end'> | null {
  const letters = foldName(written).replace(/ /g, '');
  if (!torn && isCommonWord(letters)) return null;
  let best: Omit<NamedPlace, 'start' | 'end'> | null = null;
  for (const { brand, name, letters: meant } of index.get(letters.charAt(0)) ?? []) {
    const edits = torn ? tornEdits(letters, meant) : editsBetween(letters, meant);
    // Wendy is not Wendy's.
    if (meant === `${letters}s`) continue;
    if (edits > (meant.length < 9 ? 1 : 2)) continue;
    const likeness = 1 - edits / meant.length;
    if (!best || likeness > best.likeness)
      best = { brand, name, kind: 'FUZZY', likeness, spelling: letters };
  }
  return best;
}

/** Different words that are compared with all names of their first letter: no answer that people read has so many. */
const mostWords = 10_000;

/** A name with a space in it is as good as half a letter wrong; nothing else may be. */
function tornEdits(written: string, meant: string): number {
  return written === meant ? 0.5 : Number.POSITIVE_INFINITY;
}

/** Letters to put in, take out or change; two neighbours in each other's place are one. */
function editsBetween(written: string, meant: string): number {
  if (Math.abs(written.length - meant.length) > 2) return Number.POSITIVE_INFINITY;
  const edits = distance(written, meant);
  if (edits !== 2 || written.length !== meant.length) return edits;
  const at = [...written].findIndex((letter, index) => letter !== meant[index]);
  const swapped =
    written[at] === meant[at + 1] &&
    written[at + 1] === meant[at] &&
    written.slice(at + 2) === meant.slice(at + 2);
  return swapped ? 1 : 2;
}

const capitalized = /(?<![\p{L}\p{N}\p{M}_])\p{Lu}[\p{L}\p{N}\p{M}]{1,40}(?![\p{L}\p{N}\p{M}_])/gu;
