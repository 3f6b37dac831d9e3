import { DomainError } from '../errors.ts';
import { type ChosenQuestions, chooseQuestions } from './choose.ts';
import { dropNearEquals } from './dedupe.ts';
import { prioritise } from './prioritise.ts';
import type { ProposedQuestion, QuestionProvider, QuestionRequest } from './question-provider.ts';
import { readerOf } from './read-question.ts';
import { limitsOfTemplates } from './template-provider.ts';

/** The questions of an audit, and what it should know about them. */
export interface QuestionPlan extends ChosenQuestions {
  /** What could not be made or had, in words. */
  notes: readonly string[];
}

/**
 * The questions of an audit: what all providers propose, ranked, each asked once, and as many as there is room for.
 *
 * An AI provider that fails with a `DomainError` is told of in the notes; the others' questions are there all the same.
 * @throws what any other provider throws.
 */
export async function planQuestions(
  providers: readonly QuestionProvider[],
  request: QuestionRequest,
): Promise<QuestionPlan> {
  const { profile, categories, limits } = request;
  const notes = providers.some(({ name }) => name === 'TEMPLATE') ? limitsOfTemplates(profile) : [];
  const proposals: ProposedQuestion[] = [];
  for (const provider of providers) {
    try {
      for (const question of await provider.propose(request)) proposals.push(question);
    } catch (error) {
      if (provider.name !== 'AI' || !(error instanceof DomainError)) throw error;
      notes.push(`The AI provider proposed no questions: ${error.message}`);
    }
  }
  const read = readerOf(profile);
  const ranked = proposals
    .filter(({ category }) => categories.includes(category))
    .map((question) => prioritise(question, read));
  const distinct = dropNearEquals(ranked, read);
  return { ...chooseQuestions(distinct, { categories, ...limits }), notes };
}
