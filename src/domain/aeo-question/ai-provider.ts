import { readProposals } from './ai-answer.ts';
import { promptForQuestions } from './ai-prompt.ts';
import { guessCategory } from './guess-category.ts';
import type { ProposedQuestion, QuestionProvider, QuestionRequest } from './question-provider.ts';
import { aboutWhom, readerOf } from './read-question.ts';

/** How many questions one call asks for: an answer that a platform gives whole. */
const maxAsked = 100;

/** What lets an answer platform propose questions. @param ask sends it a prompt and gives its answer. */
export function aiProvider(ask: (prompt: string) => Promise<string>): QuestionProvider {
  return {
    name: 'AI',
    async propose(request) {
      const { profile, categories, limits } = request;
      const count = Math.min(limits.maxQuestions, maxAsked);
      return questionsIn(await ask(promptForQuestions(profile, categories, count)), request);
    },
  };
}

/** The questions in a platform's answer that belong to the categories asked for. */
function questionsIn(
  answer: string,
  { profile, categories }: Pick<QuestionRequest, 'profile' | 'categories'>,
): ProposedQuestion[] {
  const read = readerOf(profile);
  return readProposals(answer)
    .map(
      ({ text, category }): ProposedQuestion => ({
        ...{ text, category: category ?? guessCategory(text), provider: 'AI' },
        ...aboutWhom(read(text), profile),
      }),
    )
    .filter(({ category }) => categories.includes(category));
}
