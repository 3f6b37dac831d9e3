import { badInput } from '../errors.ts';
import type { QuestionCategory } from './question-category.ts';
import type { QuestionLimits, QuestionProvider } from './question-provider.ts';
import { checkQuestionText } from './question-text.ts';
import { aboutWhom, readerOf } from './read-question.ts';
import { wordsOf } from './words.ts';

/** A question of a person's own. */
export interface CustomQuestion {
  text: string;
  category: QuestionCategory;
}

/**
 * People's own questions as they are kept: cleaned, and each once, whatever its case, accents and punctuation.
 *
 * @throws {DomainError} BAD_USER_INPUT: one cannot be asked, is of none of the categories, or there are more than an
 * audit has room for.
 */
export function checkCustomQuestions(
  questions: readonly CustomQuestion[],
  categories: readonly QuestionCategory[],
  { maxPerCategory, maxQuestions }: Pick<QuestionLimits, 'maxPerCategory' | 'maxQuestions'>,
): CustomQuestion[] {
  const field = 'customQuestions';
  const kept = new Map<string, CustomQuestion>();
  for (const [index, { text, category }] of questions.entries()) {
    const name = `Question ${index + 1}`;
    const checked = checkQuestionText(text, name, field);
    if (!categories.includes(category)) {
      const message = `${name} is of the category ${category}, which is not asked about.`;
      throw badInput(message, field, 'categories');
    }
    const key = wordsOf(checked).join(' ');
    if (!kept.has(key)) kept.set(key, { text: checked, category });
  }
  if (kept.size > maxQuestions) {
    throw badInput(`Give at most ${maxQuestions} questions of your own.`, field);
  }
  const byCategory = Map.groupBy(kept.values(), ({ category }) => category);
  for (const [category, { length }] of byCategory) {
    if (length > maxPerCategory) {
      throw badInput(`Give at most ${maxPerCategory} questions of your own in ${category}.`, field);
    }
  }
  return [...kept.values()];
}

/** What proposes people's own questions, those of the categories that an audit has. */
export function customProvider(questions: readonly CustomQuestion[]): QuestionProvider {
  return {
    name: 'CUSTOM',
    propose({ profile, categories, limits }) {
      const read = readerOf(profile);
      const asked = questions.filter(({ category }) => categories.includes(category));
      return checkCustomQuestions(asked, categories, limits).map(({ text, category }) => ({
        ...{ text, category, provider: 'CUSTOM' },
        ...aboutWhom(read(text), profile),
      }));
    },
  };
}
