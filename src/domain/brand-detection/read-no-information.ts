import type { Span } from './brand.ts';
import type { JudgedPlace } from './judge-places.ts';
import { saysNothing } from './no-information.ts';
import { splitClauses } from './split-clauses.ts';
import { indexAt } from './split-sentences.ts';

/**
 * Leave out the places where an answer only says that it knows nothing of a brand, and tell whether that is all it says.
 *
 * An answer without information is empty, or says so in its first sentences and has little else, which names no other brand.
 * @returns the places that are left; none of an answer without information
 */
export function readNoInformation(
  text: string,
  sentences: readonly Span[],
  places: readonly JudgedPlace[],
): { noInformation: boolean; known: readonly JudgedPlace[] } {
  if (sentences.length === 0) return { noInformation: true, known: [] };
  const said = [...suspects(sentences, places)].flatMap((sentence) =>
    splitClauses(text, sentence).filter(({ start, end }) => saysNothing(text.slice(start, end))),
  );
  if (said.length === 0) return { noInformation: false, known: places };
  const unknown = new Set<string>();
  const known = places.filter((place) => {
    const clause = said[indexAt(said, place.start)] as Span;
    const within = clause.start <= place.start && place.start < clause.end;
    if (within) unknown.add(place.brand.id);
    return !within;
  });
  const rest =
    text.trim().length - said.reduce((length, { start, end }) => length + end - start, 0);
  const noInformation = rest <= longestRest && known.every(({ brand }) => unknown.has(brand.id));
  return { noInformation, known: noInformation ? [] : known };
}

/** The sentences that may say it: the first of the answer, and those that name a brand. */
function suspects(sentences: readonly Span[], places: readonly JudgedPlace[]): Set<Span> {
  const naming = places.map(({ start }) => sentences[indexAt(sentences, start)] as Span);
  return new Set([...sentences.slice(0, 3), ...naming].sort((a, b) => a.start - b.start));
}

/** Advice where to look, an offer to help: more than that is an answer. */
const longestRest = 400;
