import type { QuestionPlan } from '../aeo-question/plan-questions.ts';

/** What an audit should be known not to ask, in words. */
export function notesOfPlan({ notes, shortfalls }: QuestionPlan): string[] {
  const missing = shortfalls.map(
    ({ category, wanted, got }) => `${category} has ${got} of ${wanted} questions.`,
  );
  return [...notes, ...missing];
}
