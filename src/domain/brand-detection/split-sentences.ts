import type { Span } from './brand.ts';

/**
 * The sentences of a text, in order, none over the end of a line; blank ones are left out. What goes on for over 2,000 units is cut there, so that work on a
 * sentence is bounded.
 */
export function splitSentences(text: string): Span[] {
  const sentences: Span[] = [];
  const put = (from: number, to: number) => {
    for (let start = from; start < to; start += longest) {
      const end = Math.min(to, start + longest);
      if (/\S/.test(text.slice(start, end))) sentences.push({ start, end });
    }
  };
  let start = 0;
  for (const { 0: ending, index } of text.matchAll(sentenceEnd)) {
    if (!ending.endsWith('\n') && startsList.test(text.slice(start, Math.min(index, start + 30))))
      continue;
    put(start, index + ending.trimEnd().length);
    start = index + ending.length;
  }
  put(start, text.length);
  return sentences;
}

/** The lines of a text, in order, without what ends them. */
export function* linesOf(text: string): Generator<Span> {
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}

/** Which of the spans, in order and apart, has a place of the text in it; the last that begins before it otherwise. */
export function indexAt(spans: readonly Span[], place: number): number {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle]?.start ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A full stop before a small letter or a digit is that of an abbreviation. */
const sentenceEnd =
  /[.!?]{1,9}["'”’)\]*_]{0,5}[ \t\u00a0]{1,9}(?![\p{Ll}\d])|[。！？]{1,9}[”」』）]{0,3}|[.!?]{0,9}\n/gu;

const startsList = /^[\s>#*_-]*\d{1,3}$/;
const longest = 2000;
