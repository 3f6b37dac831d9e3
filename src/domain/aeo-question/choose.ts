import { byRank, type RankedQuestion } from './prioritise.ts';
import type { QuestionCategory } from './question-category.ts';
import { defaultQuestionLimits, type QuestionLimits } from './question-provider.ts';

/** A category with fewer questions than it should have. */
interface Shortfall {
  category: QuestionCategory;
  wanted: number;
  got: number;
}

export interface ChosenQuestions {
  /** In the order in which they were chosen, which is a good one to ask them in: an audit that stops has some of all. */
  questions: readonly RankedQuestion[];
  /** Of every category asked for. */
  counts: readonly { category: QuestionCategory; count: number }[];
  shortfalls: readonly Shortfall[];
}

/**
 * The questions of an audit: people's own, then every category's minimum, one of each category in turn, then by
 * priority what there is room for. The same proposals give the same questions, whatever their order.
 */
export function chooseQuestions(
  proposals: readonly RankedQuestion[],
  {
    categories,
    minPerCategory = defaultQuestionLimits.minPerCategory,
    maxPerCategory = defaultQuestionLimits.maxPerCategory,
    maxQuestions = defaultQuestionLimits.maxQuestions,
  }: { categories: readonly QuestionCategory[] } & Partial<QuestionLimits>,
): ChosenQuestions {
  const ranked = proposals.toSorted(byRank);
  const rankedOf = Map.groupBy(ranked, ({ category }) => category);
  const countOf = new Map(categories.map((category) => [category, 0]));
  const chosen = new Set<RankedQuestion>();
  const choose = (question: RankedQuestion | undefined) => {
    const count = question && countOf.get(question.category);
    if (!question || count === undefined || count >= maxPerCategory) return;
    if (chosen.size >= maxQuestions || chosen.has(question)) return;
    chosen.add(question);
    countOf.set(question.category, count + 1);
  };

  for (const question of ranked) if (question.provider === 'CUSTOM') choose(question);
  // People's own come first in each category: the one of this rank is in already, or is the next.
  for (let rank = 0; rank < minPerCategory; rank++) {
    for (const category of countOf.keys()) choose(rankedOf.get(category)?.[rank]);
  }
  for (const question of ranked) choose(question);

  const counts = [...countOf].map(([category, count]) => ({ category, count }));
  return {
    questions: [...chosen],
    counts,
    shortfalls: counts
      .filter(({ count }) => count < minPerCategory)
      .map(({ category, count }) => ({ category, wanted: minPerCategory, got: count })),
  };
}
