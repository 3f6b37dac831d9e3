import type { QuestionType } from './question-category.ts';
import type { ProposedQuestion, QuestionProfile } from './question-provider.ts';
import { wordsOf } from './words.ts';

interface FoundName {
  kind: 'BRAND' | 'COMPETITOR' | 'PRODUCT';
  /** Of a brand or competitor its id, of a product its words. */
  id: string;
}

/** What a question says. */
export interface QuestionReading {
  /** Of the profile, in the order in which it names them. */
  names: readonly FoundName[];
  /** All others of its words, folded. */
  others: readonly string[];
}

export type QuestionReader = (text: string) => QuestionReading;

/** What finds the names of a profile in questions, the longest where several begin with the same word. */
export function readerOf({
  brand,
  competitors,
  products,
  industry,
}: QuestionProfile): QuestionReader {
  const market = wordsOf(industry ?? '').join(' ');
  const byFirstWord = new Map<string, { words: string[]; name: FoundName }[]>();
  const known = new Set<string>();
  const learn = (text: string, kind: FoundName['kind'], id?: string) => {
    const words = wordsOf(text);
    const key = words.join(' ');
    const [first] = words;
    // A product by the name of its market is no name.
    if (first === undefined || known.has(key) || (kind === 'PRODUCT' && key === market)) return;
    known.add(key);
    const sharing = byFirstWord.get(first) ?? [];
    sharing.push({ words, name: { kind, id: id ?? key } });
    sharing.sort((a, b) => b.words.length - a.words.length);
    byFirstWord.set(first, sharing);
  };
  const learnAll = (
    { id, name, aliases = [] }: QuestionProfile['brand'],
    kind: FoundName['kind'],
  ) => {
    for (const each of [name, ...aliases]) learn(each, kind, id);
  };
  learnAll(brand, 'BRAND');
  for (const competitor of competitors) learnAll(competitor, 'COMPETITOR');
  for (const product of products) learn(product, 'PRODUCT');

  // It is asked for to rank a question, and to compare it.
  const readings = new Map<string, QuestionReading>();
  return (text) => {
    const known = readings.get(text);
    if (known) return known;
    const words = wordsOf(text);
    const names: FoundName[] = [];
    const others: string[] = [];
    for (let at = 0; at < words.length; ) {
      const word = words[at] ?? '';
      const found = byFirstWord
        .get(word)
        ?.find((each) => each.words.every((part, index) => words[at + index] === part));
      if (found) names.push(found.name);
      else others.push(word);
      at += found?.words.length ?? 1;
    }
    const reading = { names, others };
    readings.set(text, reading);
    return reading;
  };
}

/** Whom a question that nobody has classified is about, by the names in it. */
export function aboutWhom(
  { names }: Pick<QuestionReading, 'names'>,
  { brand }: QuestionProfile,
): Pick<ProposedQuestion, 'type' | 'targetBrandId'> {
  const kinds = new Set(names.map(({ kind }) => kind));
  const competitor = names.find(({ kind }) => kind === 'COMPETITOR');
  const type = typeOf(kinds);
  if (type === 'INDUSTRY_GENERAL') return { type, targetBrandId: null };
  return { type, targetBrandId: type === 'COMPETITOR' && competitor ? competitor.id : brand.id };
}

/** The type of a question that has names of some kinds. */
export function typeOf(kinds: ReadonlySet<FoundName['kind']>): QuestionType {
  if (kinds.has('COMPETITOR')) {
    return kinds.has('BRAND') || kinds.has('PRODUCT') ? 'BRAND_VS_COMPETITOR' : 'COMPETITOR';
  }
  if (kinds.has('PRODUCT')) return 'PRODUCT';
  return kinds.has('BRAND') ? 'BRAND_SPECIFIC' : 'INDUSTRY_GENERAL';
}
