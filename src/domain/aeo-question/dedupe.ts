import { byRank, type RankedQuestion } from './prioritise.ts';
import type { QuestionReader } from './read-question.ts';
import { directionWords } from './word-lists.ts';
import { contentOf, wordsOf } from './words.ts';

/** Of a question, what others are compared with. */
interface Signature {
  /** Its names and numbers: questions that differ here are never the same. */
  key: string;
  content: ReadonlySet<string>;
}

/**
 * Questions without those that ask what another one asks: the one that ranks higher stays. People's own stay but for
 * those that repeat another's words.
 *
 * Two ask the same when they name the same brands, products and numbers (in the same order, where they speak of
 * leaving one for another) and share four fifths of their other words, inflection and filling words aside.
 *
 * @returns in the order of their rank, whatever the order given.
 */
export function dropNearEquals(
  questions: readonly RankedQuestion[],
  read: QuestionReader,
): RankedQuestion[] {
  const ranked = questions
    .toSorted(byRank)
    .map((question) => ({ question, signature: signatureOf(question.text, read) }));
  const frequency = new Map<string, number>();
  for (const word of ranked.flatMap(({ signature }) => [...signature.content])) {
    frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const owned = new Set<string>();
  const byRareWord = new Map<string, Signature[]>();

  return ranked.flatMap(({ question, signature }) => {
    const places = rareWords(signature.content, frequency).map(
      (word) => `${signature.key}\n${word}`,
    );
    const words = question.provider === 'CUSTOM' ? wordsOf(question.text).join(' ') : null;
    const isKnown =
      words !== null
        ? owned.has(words)
        : places.some((place) => byRareWord.get(place)?.some((kept) => isNear(kept, signature)));
    if (isKnown) return [];
    if (words !== null) owned.add(words);
    for (const place of places) {
      const sharing = byRareWord.get(place) ?? [];
      sharing.push(signature);
      byRareWord.set(place, sharing);
    }
    return [question];
  });
}

/** Whether two questions of one key share four fifths of their words (Jaccard index); in whole numbers, so exactly. */
function isNear({ content: a }: Signature, { content: b }: Signature): boolean {
  const shared = [...a].filter((word) => b.has(word)).length;
  return 5 * shared >= 4 * (a.size + b.size - shared);
}

/**
 * So many of the rarest words that whatever shares four fifths of all shares one of them: only what does is compared.
 * Source: prefix filtering, Chaudhuri, Ganti, Kaushik, "A Primitive Operator for Similarity Joins", 2006.
 */
function rareWords(content: ReadonlySet<string>, frequency: ReadonlyMap<string, number>): string[] {
  const rarestFirst = [...content].sort(
    (a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || Number(a > b) - Number(a < b),
  );
  return rarestFirst.slice(0, content.size - Math.ceil((4 * content.size) / 5) + 1);
}

function signatureOf(text: string, read: QuestionReader): Signature {
  const { names, others } = read(text);
  const ids = names.map(({ kind, id }) => `${kind} ${id}`);
  const hasDirection = others.some((word) => directionWords.has(word));
  const numbers = others.filter((word) => /\p{N}/u.test(word));
  const key = JSON.stringify([hasDirection ? ids : ids.toSorted(), numbers.toSorted()]);
  // A question of names alone has no other words, and one of signs alone only itself.
  return { key, content: others.length > 0 ? contentOf(others) : new Set(['']) };
}
