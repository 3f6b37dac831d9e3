import {
  type QuestionCategory,
  type QuestionProviderName,
  type QuestionType,
  questionCategories,
} from './question-category.ts';
import type { ProposedQuestion } from './question-provider.ts';
import type { QuestionReader } from './read-question.ts';
import { buyingWords } from './word-lists.ts';

/** What a priority is made of, and what each part says. */
export const factorMeanings = {
  TYPE: 'Whom it names: an answer tells the more, the less its question says.',
  CATEGORY: 'How near to a decision its category is.',
  PROVIDER: 'Where it comes from: what a person wrote goes before what is made.',
  BUYING_WORDS: 'Whether it has words of people who are about to buy.',
  OWN_BRAND: 'Whether it names the brand itself.',
  PRODUCT: 'Whether it names a product of the brand.',
} as const;
type PriorityFactorName = keyof typeof factorMeanings;

const weights: Record<PriorityFactorName, number> = {
  ...{ TYPE: 0.45, CATEGORY: 0.2, PROVIDER: 0.15 },
  ...{ BUYING_WORDS: 0.1, OWN_BRAND: 0.05, PRODUCT: 0.05 },
};
const ofType: Record<QuestionType, number> = {
  ...{ INDUSTRY_GENERAL: 1, BRAND_SPECIFIC: 0.8 },
  ...{ COMPETITOR: 0.7, BRAND_VS_COMPETITOR: 0.6, PRODUCT: 0.5 },
};
const ofCategory: Record<QuestionCategory, number> = {
  ...{ COMPARISON: 1, RECOMMENDATION: 1, ALTERNATIVES: 0.9, PRICING: 0.8 },
  ...{ REVIEWS: 0.7, FEATURES: 0.6, HOW_TO: 0.4 },
};
const ofProvider: Record<QuestionProviderName, number> = { CUSTOM: 1, TEMPLATE: 0.5, AI: 0.4 };

/** A part of a priority: it contributes weight x value. */
interface PriorityFactor {
  name: PriorityFactorName;
  /** Of all parts together 1. */
  weight: number;
  /** 0 to 1. */
  value: number;
}

export interface Priority {
  /** 0 to 1, of 4 decimals: the sum of what the factors contribute. */
  score: number;
  factors: readonly PriorityFactor[];
}

/** A question with what it matters. */
export interface RankedQuestion extends ProposedQuestion {
  priority: Priority;
}

/**
 * How much a question matters, with why.
 *
 * Source: seed 003, section 11.1, puts questions of the industry before those of the brand; the weights are ours.
 */
export function prioritise(question: ProposedQuestion, read: QuestionReader): RankedQuestion {
  const { names, others } = read(question.text);
  const kinds = new Set(names.map(({ kind }) => kind));
  const values: Record<PriorityFactorName, number> = {
    TYPE: ofType[question.type],
    CATEGORY: ofCategory[question.category],
    PROVIDER: ofProvider[question.provider],
    BUYING_WORDS: Number(others.some((word) => buyingWords.has(word))),
    OWN_BRAND: Number(kinds.has('BRAND')),
    PRODUCT: Number(kinds.has('PRODUCT')),
  };
  const factors = (Object.keys(weights) as PriorityFactorName[]).map((name) => ({
    ...{ name, weight: weights[name], value: values[name] },
  }));
  const sum = factors.reduce((total, { weight, value }) => total + weight * value, 0);
  return { ...question, priority: { score: Math.round(sum * 10_000) / 10_000, factors } };
}

/** What goes first: people's own questions, then the higher score; of equals always the same one. */
export function byRank(a: RankedQuestion, b: RankedQuestion): number {
  return (
    Number(b.provider === 'CUSTOM') - Number(a.provider === 'CUSTOM') ||
    b.priority.score - a.priority.score ||
    questionCategories.indexOf(a.category) - questionCategories.indexOf(b.category) ||
    Number(a.text > b.text) - Number(a.text < b.text)
  );
}
