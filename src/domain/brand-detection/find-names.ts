import type { Brand, Span } from './brand.ts';
import type { FoldedText } from './fold-text.ts';
import { spellingsOf } from './name-spellings.ts';
import { NameTrie } from './name-trie.ts';

/** By what a brand is named: its first name, an alias, a domain of it, or one of the first two misspelt. */
export type NameKind = 'NAME' | 'ALIAS' | 'DOMAIN' | 'FUZZY';

/** A place where a brand may be named, before what is around it was weighed. */
export interface NamedPlace extends Span {
  readonly brand: Brand;
  /** Of the profile: the name, alias or domain that it stands for. */
  readonly name: string;
  readonly kind: NameKind;
  /** How sure the spelling alone is, from 0 to 1. */
  readonly likeness: number;
  /** How it is spelt, folded. */
  readonly spelling: string;
}

interface Entry {
  readonly brand: Brand;
  readonly name: string;
  readonly kind: NameKind;
  readonly spelling: string;
}

/** Every spelling of every name and alias, made once for the answers of an audit. */
export function indexNames(brands: readonly Brand[]): NameTrie<Entry> {
  const trie = new NameTrie<Entry>();
  for (const brand of brands) {
    const known = new Set<string>();
    for (const [order, name] of brand.names.entries()) {
      for (const spelling of spellingsOf(name)) {
        if (known.has(spelling)) continue;
        known.add(spelling);
        trie.add(spelling, { brand, name, kind: order === 0 ? 'NAME' : 'ALIAS', spelling });
      }
    }
  }
  return trie;
}

/** The first places where names and aliases stand, by their spelling; of names within each other the longest. */
export function findNames(names: NameTrie<Entry>, text: FoldedText, most: number): NamedPlace[] {
  const places: NamedPlace[] = [];
  for (const { from, to, ending, entries } of names.findIn(text)) {
    const span = { start: text.starts[from] as number, end: text.ends[to - 1] as number };
    const likeness = ending === 'BOUNDARY' ? 1 : withEnding;
    if (places.length >= most) break;
    for (const entry of entries) places.push({ ...entry, ...span, likeness });
  }
  return places;
}

/** A plural or a case may be another word. */
const withEnding = 0.9;
