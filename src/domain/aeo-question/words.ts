import { stopWords } from './word-lists.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** A text without case, accents, compatibility forms and characters that do not show. */
function fold(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/[\u0300-\u036f]|\p{Cf}/gu, '');
  return bare.toLowerCase().replaceAll('ß', 'ss').normalize('NFC');
}

/** The words of a text, folded and in order, without punctuation, possessive endings and elided articles. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(fold(text))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) =>
      segment.replace(/^\p{L}{1,2}['’](?=\p{L}{2})/u, '').replace(/['’]s?$/, ''),
    )
    .filter(Boolean);
}

/** What words say beyond their grammar: each once, without its ending; all of them where nothing else is left. */
export function contentOf(words: readonly string[]): Set<string> {
  const telling = words.filter((word) => !stopWords.has(word));
  return new Set((telling.length > 0 ? telling : words).map(stemOf));
}

/** A word without the ending that inflects it: rough, since both sides of a comparison get the same. */
function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ies|y|ers?|es|ed|en|s|e)$/, '') : word;
}
