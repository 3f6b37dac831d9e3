/** What a question is about, and what each kind tells. */
export const categoryMeanings = {
  COMPARISON: 'How providers or brands measure up against one another.',
  RECOMMENDATION: 'Whom or what to choose.',
  ALTERNATIVES: 'What there is instead of a brand.',
  FEATURES: 'What a brand or its products can do.',
  PRICING: 'What it costs, and whether it is worth that.',
  REVIEWS: 'What customers and experts think of it.',
  HOW_TO: 'How something is chosen, started, used or left.',
} as const;
export type QuestionCategory = keyof typeof categoryMeanings;
/** In the order in which they are shown, and served where they are equal. */
export const questionCategories = Object.keys(categoryMeanings) as QuestionCategory[];

/** Whom a question names: what an answer's mentions of a brand are worth depends on it. */
export const typeMeanings = {
  INDUSTRY_GENERAL: 'Names no brand: whoever the answer names, it names unasked.',
  BRAND_SPECIFIC: 'Names the brand itself.',
  PRODUCT: 'Names a product of the brand, mostly beside the brand.',
  BRAND_VS_COMPETITOR: 'Names the brand and a competitor.',
  COMPETITOR: 'Names a competitor and not the brand.',
} as const;
export type QuestionType = keyof typeof typeMeanings;
export const questionTypes = Object.keys(typeMeanings) as QuestionType[];

/** Where a question comes from. */
export const providerMeanings = {
  CUSTOM: 'Written by a person for this client.',
  TEMPLATE: 'Made from a template and the brand profile.',
  AI: 'Proposed by an answer platform.',
} as const;
export type QuestionProviderName = keyof typeof providerMeanings;
export const questionProviderNames = Object.keys(providerMeanings) as QuestionProviderName[];
