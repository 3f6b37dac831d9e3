import type { QuestionCategory, QuestionType } from './question-category.ts';

/** Categories as people read them. */
export const categoryLabels: Record<QuestionCategory, string> = {
  ...{ COMPARISON: 'Comparison', RECOMMENDATION: 'Recommendation', ALTERNATIVES: 'Alternatives' },
  ...{ FEATURES: 'Features', PRICING: 'Pricing', REVIEWS: 'Reviews', HOW_TO: 'How-to' },
};

/** Types as people read them: whom a question names. */
export const typeLabels: Record<QuestionType, string> = {
  INDUSTRY_GENERAL: 'Names no brand',
  BRAND_SPECIFIC: 'Names the brand',
  PRODUCT: 'Names a product of the brand',
  BRAND_VS_COMPETITOR: 'Names the brand and a competitor',
  COMPETITOR: 'Names a competitor alone',
};
