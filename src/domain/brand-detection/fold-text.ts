import type { Span } from './brand.ts';
import { foldCharacter } from './fold-character.ts';

/** A text as names are looked for in it. Of each of its units, `starts` and `ends` are those of its character in the original. */
export interface FoldedText {
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly length: number;
}

/**
 * Fold a text without case, accents and compatibility forms, with each run of spaces as one.
 *
 * A break between paragraphs, and what is hidden, is one line feed, which no name has in it.
 * @param hidden stretches that the reader does not see, in order
 */
export function foldText(text: string, hidden: readonly Span[] = []): FoldedText {
  const folded = new Folding(text.length + 16);
  const known = new Map<number, string>();
  let next = 0;
  for (let at = 0; at < text.length; ) {
    const stretch = hidden[next];
    if (stretch && at >= stretch.start) {
      folded.put(lineFeed, stretch.start, stretch.end);
      at = Math.max(at, stretch.end);
      next += 1;
      continue;
    }
    const code = text.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    if (code > 0x20 && code < 0x7f && code !== graveAccent) {
      folded.put(code >= 0x41 && code <= 0x5a ? code + 0x20 : code, at, end);
    } else {
      let parts = known.get(code);
      if (parts === undefined) {
        parts = foldCharacter(String.fromCodePoint(code));
        known.set(code, parts);
      }
      if (parts === ' ') folded.putSpace(code === lineFeed, at, end);
      else folded.putAll(parts, at, end);
    }
    at = end;
  }
  return folded;
}

const lineFeed = 0x0a;
const space = 0x20;
/** The one of them that is not itself: an apostrophe, as many type it. */
const graveAccent = 0x60;

class Folding implements FoldedText {
  units: Uint16Array<ArrayBuffer>;
  starts: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  length = 0;
  #lineEnds = 0;

  constructor(room: number) {
    this.units = new Uint16Array(room);
    this.starts = new Uint32Array(room);
    this.ends = new Uint32Array(room);
  }

  put(unit: number, start: number, end: number): void {
    if (this.length === this.units.length) this.#grow();
    this.units[this.length] = unit;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
    this.#lineEnds = 0;
  }

  putSpace(endsLine: boolean, start: number, end: number): void {
    const last = this.units[this.length - 1];
    const lineEnds = this.#lineEnds + (endsLine ? 1 : 0);
    if (this.length === 0 || (last !== space && last !== lineFeed)) this.put(space, start, end);
    else if (lineEnds > 1) this.units[this.length - 1] = lineFeed;
    this.#lineEnds = lineEnds;
  }

  /** What is folded to nothing (an accent, a soft hyphen) belongs to the character before it. */
  putAll(parts: string, start: number, end: number): void {
    if (parts === '' && this.length > 0) this.ends[this.length - 1] = end;
    for (let part = 0; part < parts.length; part++) this.put(parts.charCodeAt(part), start, end);
  }

  #grow(): void {
    const room = this.units.length * 2;
    const [units, starts, ends] = [this.units, this.starts, this.ends];
    this.units = new Uint16Array(room);
    this.starts = new Uint32Array(room);
    this.ends = new Uint32Array(room);
    this.units.set(units);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}
