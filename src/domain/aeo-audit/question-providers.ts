import { keptProvider, type ProposedText } from '../aeo-question/ai-provider.ts';
import { customProvider } from '../aeo-question/custom-provider.ts';
import type { QuestionProvider, QuestionRequest } from '../aeo-question/question-provider.ts';
import { templateProvider } from '../aeo-question/template-provider.ts';
import type { AuditedProfile } from '../brand/audited-profile.ts';
import type { AeoSettings } from './aeo-settings.ts';

/** Whom the questions of an audit come from, but for a platform that is yet to propose some. @param proposals of one that has. */
export function providersOf(
  { customQuestions }: AeoSettings,
  proposals: readonly ProposedText[] = [],
): QuestionProvider[] {
  return [customProvider(customQuestions), templateProvider, keptProvider(proposals)];
}

/** What they are asked for. @param profile has a brand of the client's own. */
export function requestOf(
  { categories, minPerCategory, maxPerCategory, maxQuestions }: AeoSettings,
  { brands: [brand, ...competitors], industry, products, locale }: AuditedProfile,
): QuestionRequest {
  if (!brand?.isOwn) throw new Error('A profile begins with the brand of its client');
  return {
    profile: { brand, competitors, industry, products, locale },
    categories,
    limits: { minPerCategory, maxPerCategory, maxQuestions },
  };
}
