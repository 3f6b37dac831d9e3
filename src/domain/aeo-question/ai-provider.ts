import { readProposals } from './ai-answer.ts';
import { promptForQuestions } from './ai-prompt.ts';
import { guessCategory } from './guess-category.ts';
import type { QuestionCategory } from './question-category.ts';
import type {
  ProposedQuestion,
  QuestionProfile,
  QuestionProvider,
  QuestionRequest,
} from './question-provider.ts';
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

/** A question as an answer platform proposed it, in the category that it was taken up for. */
export interface ProposedText {
  text: string;
  category: QuestionCategory;
}

/** What proposes once more what an answer platform has proposed. */
export function keptProvider(kept: readonly ProposedText[]): QuestionProvider {
  return { name: 'AI', propose: ({ profile }) => classify(kept, profile) };
}

/** The questions in a platform's answer that belong to the categories asked for. */
function questionsIn(
  answer: string,
  { profile, categories }: Pick<QuestionRequest, 'profile' | 'categories'>,
): ProposedQuestion[] {
  const proposals = readProposals(answer).map(({ text, category }) => ({
    ...{ text, category: category ?? guessCategory(text) },
  }));
  return classify(proposals, profile).filter(({ category }) => categories.includes(category));
}

function classify(texts: readonly ProposedText[], profile: QuestionProfile): ProposedQuestion[] {
  const read = readerOf(profile);
  return texts.map(({ text, category }) => ({
    ...{ text, category, provider: 'AI' as const },
    ...aboutWhom(read(text), profile),
  }));
}
