import type { Span } from './brand.ts';

/** The clauses of a sentence, in order: what stands between semicolons, and before and after words such as but and while. */
export function splitClauses(text: string, sentence: Span): Span[] {
  const clauses: Span[] = [];
  let { start } = sentence;
  for (const { index } of text.slice(sentence.start, sentence.end).matchAll(clauseStart)) {
    const next = sentence.start + index;
    if (next <= start) continue;
    clauses.push({ start, end: next });
    start = next;
  }
  clauses.push({ start, end: sentence.end });
  return clauses;
}

const clauseStart =
  /;\s|(?<=[\s,(])(?:but|while|whereas|although|though|however|yet|followed by|aber|während|mais|tandis que|pero|mientras|ise)\s|(?<=, (?:and|und|et|y) )(?=[\p{Lu}])/gu;
