import fc from 'fast-check';
import { chooseQuestions } from './choose.ts';
import type { RankedQuestion } from './prioritise.ts';
import {
  type QuestionCategory,
  type QuestionProviderName,
  questionCategories,
} from './question-category.ts';

const question = (
  category: QuestionCategory,
  score: number,
  provider: QuestionProviderName = 'TEMPLATE',
  text = `${category} ${score}?`,
): RankedQuestion => ({
  ...{ text, category, provider, type: 'INDUSTRY_GENERAL', targetBrandId: null },
  priority: { score, factors: [] },
});
const categories = ['PRICING', 'REVIEWS'] as const;

test('minima come before priority, and people before both', () => {
  const proposals = [
    ...[0.9, 0.8, 0.7, 0.6].map((score) => question('PRICING', score)),
    ...[0.3, 0.2, 0.1].map((score) => question('REVIEWS', score)),
    question('REVIEWS', 0.05, 'CUSTOM'),
    question('HOW_TO', 1),
  ];
  const limits = { minPerCategory: 2, maxPerCategory: 3, maxQuestions: 6 };
  const { questions, counts, shortfalls } = chooseQuestions(proposals, { categories, ...limits });
  expect(questions.map(({ text }) => text)).toEqual([
    ...['REVIEWS 0.05?', 'PRICING 0.9?', 'PRICING 0.8?', 'REVIEWS 0.3?'],
    ...['PRICING 0.7?', 'REVIEWS 0.2?'],
  ]);
  expect(counts).toEqual([
    { category: 'PRICING', count: 3 },
    { category: 'REVIEWS', count: 3 },
  ]);
  expect(shortfalls).toEqual([]);
});

test('a category with too few is told of, be it for lack of questions or of room', () => {
  const proposals = [1, 0.9, 0.8].flatMap((score) => [
    question('PRICING', score),
    question('REVIEWS', score / 2),
  ]);
  expect(chooseQuestions(proposals, { categories }).shortfalls).toEqual([
    { category: 'PRICING', wanted: 5, got: 3 },
    { category: 'REVIEWS', wanted: 5, got: 3 },
  ]);
  const few = chooseQuestions(proposals, { categories, minPerCategory: 2, maxQuestions: 3 });
  expect(few.shortfalls).toEqual([{ category: 'REVIEWS', wanted: 2, got: 1 }]);
});

const proposals = fc
  .uniqueArray(
    fc.record({
      category: fc.constantFrom(...questionCategories),
      score: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
      provider: fc.constantFrom<QuestionProviderName>('TEMPLATE', 'TEMPLATE', 'AI', 'CUSTOM'),
      id: fc.nat(10_000),
    }),
    { maxLength: 400, minLength: 0, size: 'max', selector: ({ id }) => id },
  )
  .map((all) =>
    all.map(({ category, score, provider, id }) => question(category, score, provider, `${id}?`)),
  );

test('never above the limits, always the same, minima as far as can be, people first', () => {
  const someCategories = fc.shuffledSubarray(questionCategories, { minLength: 1 });
  const limits = fc.record({
    minPerCategory: fc.integer({ min: 0, max: 8 }),
    maxPerCategory: fc.integer({ min: 8, max: 30 }),
    maxQuestions: fc.integer({ min: 1, max: 120 }),
  });
  fc.assert(
    fc.property(proposals, someCategories, limits, (all, asked, bounds) => {
      const { questions, counts } = chooseQuestions(all, { categories: asked, ...bounds });
      const of = (category: QuestionCategory, from: readonly RankedQuestion[]) =>
        from.filter((each) => each.category === category);
      const isOwn = ({ provider }: RankedQuestion) => provider === 'CUSTOM';

      expect(questions.length).toBeLessThanOrEqual(bounds.maxQuestions);
      expect(new Set(questions).size).toBe(questions.length);
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(questions.length);
      const isFull = questions.length === bounds.maxQuestions;
      for (const { category, count } of counts) {
        const there = of(category, all).length;
        expect(count).toBe(of(category, questions).length);
        expect(count).toBeLessThanOrEqual(bounds.maxPerCategory);
        if (!isFull) expect(count).toBe(Math.min(there, bounds.maxPerCategory));
      }
      const own = asked.flatMap((category) =>
        of(category, all).filter(isOwn).slice(0, bounds.maxPerCategory),
      );
      expect(questions.filter(isOwn)).toHaveLength(Math.min(own.length, bounds.maxQuestions));
      const turned = chooseQuestions(all.toReversed(), { categories: asked, ...bounds });
      expect(turned.questions).toEqual(questions);
    }),
    { numRuns: 100 },
  );
});
