import type { Span } from './brand.ts';
import type { NamedPlace } from './find-names.ts';
import type { FoldedText } from './fold-text.ts';
import type { Profile } from './profile.ts';
import { indexAt } from './split-sentences.ts';
import { isAmbiguous, weighAmbiguous, weighPlain } from './weigh-evidence.ts';

/** A place, and how sure it is that the brand is meant there. */
export interface JudgedPlace extends NamedPlace {
  /** From 0 to 1. */
  readonly confidence: number;
}

interface Read {
  readonly profile: Profile;
  readonly sentences: readonly Span[];
  /** Registrable domains that the answer links or cites. */
  readonly linked: ReadonlySet<string>;
}

/**
 * Say of each place how sure it is: first of each alone, then knowing who is surely named. Who is so once is likelier to be meant elsewhere too.
 */
export function judgePlaces(
  text: string,
  { places, folded }: { places: readonly NamedPlace[]; folded: FoldedText },
  { profile, sentences, linked }: Read,
): JudgedPlace[] {
  const contexts = contextSentences(profile, folded, sentences);
  const owned = new Set(places.filter(({ kind }) => kind === 'DOMAIN').map(idOf));
  for (const domain of linked)
    for (const { id } of profile.domains.get(domain) ?? []) owned.add(id);
  const casual = isCasual(text, sentences);
  const judge = (place: NamedPlace, named: ReadonlySet<string>): JudgedPlace => {
    const { id } = place.brand;
    const index = indexAt(sentences, place.start);
    const weigh = needsProof(place) ? weighAmbiguous : weighPlain;
    const confidence = weigh(text, place, {
      sentence: sentences[index] ?? place,
      context: contexts.get(id)?.has(index) ? 'SENTENCE' : contexts.has(id) ? 'ANSWER' : null,
      othersNamed: named.size > (named.has(id) ? 1 : 0),
      domainNamed: owned.has(id),
      casual,
    });
    return { ...place, confidence };
  };
  const unequivocal = new Set(places.filter((place) => !needsProof(place)).map(idOf));
  const first = places.map((place) => judge(place, unequivocal));
  const sure = new Set(first.filter(({ confidence }) => confidence >= sureEnough).map(idOf));
  return first.map((judged) => {
    if (!needsProof(judged)) return judged;
    const { confidence } = judge(judged, sure);
    const likelier = confidence > doubtful && sure.has(idOf(judged)) ? again : 0;
    return { ...judged, confidence: Math.min(0.99, confidence + likelier) };
  });
}

const sureEnough = 0.7;
const doubtful = 0.3;
const again = 0.1;

const idOf = ({ brand }: NamedPlace) => brand.id;

function needsProof({ kind, spelling }: NamedPlace): boolean {
  return (kind === 'NAME' || kind === 'ALIAS') && isAmbiguous(spelling);
}

/** Whether most of the first sentences begin with a small letter. */
function isCasual(text: string, sentences: readonly Span[]): boolean {
  const first = sentences
    .slice(0, 20)
    .flatMap(({ start, end }) => /\p{L}/u.exec(text.slice(start, end)) ?? []);
  return first.filter((letter) => /\p{Ll}/u.test(letter)).length > first.length / 2;
}

/** In which sentences the context words of each brand stand. */
function contextSentences(
  { contexts }: Profile,
  folded: FoldedText,
  sentences: readonly Span[],
): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const { from, entries } of contexts.findIn(folded)) {
    const index = indexAt(sentences, folded.starts[from] ?? 0);
    for (const id of entries) found.set(id, (found.get(id) ?? new Set()).add(index));
  }
  return found;
}
