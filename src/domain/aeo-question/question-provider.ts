import type { QuestionCategory, QuestionProviderName, QuestionType } from './question-category.ts';

interface NamedBrand {
  id: string;
  name: string;
  /** What else it is called. */
  aliases?: readonly string[];
}

/** Whom questions are made for. */
export interface QuestionProfile {
  brand: NamedBrand;
  competitors: readonly NamedBrand[];
  /** What the market is called, such as "CRM software"; null where nobody has said. */
  industry: string | null;
  /** Names or kinds of what the brand sells. */
  products: readonly string[];
  /** BCP 47: the language that is asked in. */
  locale: string;
}

/** How many questions an audit has. */
export interface QuestionLimits {
  /** Of each category, as far as there are so many. */
  minPerCategory: number;
  maxPerCategory: number;
  /** Of all categories together; stronger than the minimum of each. */
  maxQuestions: number;
}

/** Source: seed 003, section 4.1. */
export const defaultQuestionLimits: QuestionLimits = {
  minPerCategory: 5,
  maxPerCategory: 50,
  maxQuestions: 200,
};

/** A question that a provider proposes. */
export interface ProposedQuestion {
  text: string;
  category: QuestionCategory;
  type: QuestionType;
  provider: QuestionProviderName;
  /** The brand or competitor that it asks after; null where it names none. */
  targetBrandId: string | null;
}

export interface QuestionRequest {
  profile: QuestionProfile;
  categories: readonly QuestionCategory[];
  limits: QuestionLimits;
}

/** A source of questions. It may propose more than there is room for, and what another proposes, too. */
export interface QuestionProvider {
  name: QuestionProviderName;
  propose(request: QuestionRequest): readonly ProposedQuestion[] | Promise<ProposedQuestion[]>;
}
