import fc from 'fast-check';
import { questionProfile } from '../../../test/support/question-profile.ts';
import { factorMeanings, prioritise } from './prioritise.ts';
import {
  categoryMeanings,
  providerMeanings,
  type QuestionType,
  questionCategories,
  questionProviderNames,
  questionTypes,
  typeMeanings,
} from './question-category.ts';
import { readerOf } from './read-question.ts';

const read = readerOf(questionProfile());
const asked = { targetBrandId: null, provider: 'TEMPLATE', category: 'COMPARISON' } as const;

test('a priority is the sum of its factors, each with what it says', () => {
  const text = 'Is Road Runner from Acme worth the money?';
  const question = { ...asked, text, category: 'PRICING', type: 'PRODUCT' } as const;
  expect(prioritise(question, read)).toEqual({
    ...question,
    priority: {
      // 0.225 + 0.16 + 0.075 + 0.1 + 0.05 + 0.05
      score: 0.66,
      factors: [
        { name: 'TYPE', weight: 0.45, value: 0.5 },
        { name: 'CATEGORY', weight: 0.2, value: 0.8 },
        { name: 'PROVIDER', weight: 0.15, value: 0.5 },
        { name: 'BUYING_WORDS', weight: 0.1, value: 1 },
        { name: 'OWN_BRAND', weight: 0.05, value: 1 },
        { name: 'PRODUCT', weight: 0.05, value: 1 },
      ],
    },
  });
});

test('of one category and provider, questions that name no brand come first', () => {
  const scoreOf = (text: string, type: QuestionType) =>
    prioritise({ ...asked, text, type }, read).priority.score;
  const general = scoreOf('Who is market leader?', 'INDUSTRY_GENERAL');
  const brand = scoreOf('Is Acme market leader?', 'BRAND_SPECIFIC');
  const competitor = scoreOf('Is Globex market leader?', 'COMPETITOR');
  expect(general).toBeGreaterThan(brand);
  expect(brand).toBeGreaterThan(competitor);
});

test('a word in a name is no word of a buyer', () => {
  const reader = readerOf(questionProfile({ brand: { id: 'b', name: 'Best Buy' } }));
  const of = (text: string) =>
    prioritise({ ...asked, text, type: 'BRAND_SPECIFIC' }, reader).priority.factors.find(
      ({ name }) => name === 'BUYING_WORDS',
    )?.value;
  expect([of('Is Best Buy large?'), of('Is Best Buy the best?')]).toEqual([0, 1]);
});

test('a score lies between 0 and 1, and its weights add up to 1', () => {
  const questions = fc.record({
    text: fc.constantFrom('Is Acme good?', 'Who is best?', 'Is Road Runner from Acme cheap?'),
    category: fc.constantFrom(...questionCategories),
    type: fc.constantFrom(...questionTypes),
    provider: fc.constantFrom(...questionProviderNames),
    targetBrandId: fc.constant(null),
  });
  fc.assert(
    fc.property(questions, (question) => {
      const { score, factors } = prioritise(question, read).priority;
      const sum = factors.reduce((total, { weight, value }) => total + weight * value, 0);
      expect(score).toBeCloseTo(sum, 4);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(factors.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 9);
      expect(factors.map(({ name }) => name)).toEqual(Object.keys(factorMeanings));
    }),
  );
});

test('every category, type and provider has a meaning', () => {
  const meanings = { ...categoryMeanings, ...typeMeanings, ...providerMeanings };
  expect(Object.values(meanings).filter((meaning) => !/^[A-Z].+\.$/.test(meaning))).toEqual([]);
});
