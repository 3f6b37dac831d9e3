import type { FoldedText } from './fold-text.ts';
import { joins } from './word-boundary.ts';
import { endsName } from './word-endings.ts';

/** What of a trie was found: folded units from `from` up to `to`, and what stands for them. */
export interface TrieMatch<Entry> {
  readonly from: number;
  readonly to: number;
  readonly ending: 'BOUNDARY' | 'ENDING';
  readonly entries: readonly Entry[];
}

interface Node<Entry> {
  readonly next: Map<number, Node<Entry>>;
  readonly entries: Entry[];
}

/** Folded names, and what each stands for, in a tree by their units. */
export class NameTrie<Entry> {
  readonly #root: Node<Entry> = { next: new Map(), entries: [] };
  /** By unit, whether a name begins with it: most places of a text are passed over by this alone. */
  readonly #begins = new Uint8Array(0x10000);

  add(name: string, entry: Entry): void {
    this.#begins[name.charCodeAt(0)] = 1;
    let node = this.#root;
    for (let index = 0; index < name.length; index++) {
      const unit = name.charCodeAt(index);
      let next = node.next.get(unit);
      if (!next) {
        next = { next: new Map(), entries: [] };
        node.next.set(unit, next);
      }
      node = next;
    }
    if (node !== this.#root) node.entries.push(entry);
  }

  /**
   * The longest name at each word, from left to right, none within another.
   *
   * The time is that of the text times the longest name, whatever both are.
   */
  *findIn(text: FoldedText): Generator<TrieMatch<Entry>> {
    const { units, length } = text;
    for (let from = 0; from < length; from++) {
      if (!this.#begins[units[from] as number] || joins(units[from - 1], units[from])) continue;
      const match = this.#longestAt(text, from);
      if (!match) continue;
      yield match;
      from = match.to - 1;
    }
  }

  #longestAt(text: FoldedText, from: number): TrieMatch<Entry> | undefined {
    let node: Node<Entry> | undefined = this.#root;
    let longest: TrieMatch<Entry> | undefined;
    for (let to = from; to < text.length; ) {
      node = node.next.get(text.units[to] as number);
      if (!node) break;
      to += 1;
      const ending = node.entries.length > 0 ? endsName(text, to) : null;
      if (ending) longest = { from, to, ending, entries: node.entries };
    }
    return longest;
  }
}
