import { questionProfile } from '../../../test/support/question-profile.ts';
import { badInput, DomainError } from '../errors.ts';
import { aiProvider } from './ai-provider.ts';
import { customProvider } from './custom-provider.ts';
import { planQuestions } from './plan-questions.ts';
import { questionCategories as categories } from './question-category.ts';
import { defaultQuestionLimits as limits, type QuestionProvider } from './question-provider.ts';
import { templateProvider } from './template-provider.ts';

const request = { profile: questionProfile(), categories, limits };
const own = customProvider([
  { text: 'Would you recommend Acme to a bakery?', category: 'RECOMMENDATION' },
]);

test('all providers together fill an audit, each question asked once', async () => {
  const said = ['Is ACME worth its money?', 'Which CRM software do florists like most?'];
  const providers = [templateProvider, own, aiProvider(async () => JSON.stringify(said))];
  const { questions, counts, shortfalls, notes } = await planQuestions(providers, request);
  expect(questions).toHaveLength(200);
  expect(questions[0]).toMatchObject({ provider: 'CUSTOM', type: 'BRAND_SPECIFIC' });
  expect(questions.map(({ text }) => text)).not.toContain(said[0]);
  expect(questions.map(({ text }) => text)).toContain(said[1]);
  expect([shortfalls, notes]).toEqual([[], []]);
  for (const { count } of counts) expect(count).toBeGreaterThanOrEqual(5);
  const again = await planQuestions(providers.toReversed(), request);
  expect(again.questions).toEqual(questions);
});

test('an AI provider that fails is told of, and others are there all the same', async () => {
  const failing = aiProvider(async () => {
    throw new DomainError('UPSTREAM_FAILED', 'The platform does not answer.');
  });
  const plan = await planQuestions([own, failing], request);
  expect(plan.questions).toHaveLength(1);
  expect(plan.notes).toEqual([
    'The AI provider proposed no questions: The platform does not answer.',
  ]);
  expect(plan.shortfalls).toContainEqual({ category: 'RECOMMENDATION', wanted: 5, got: 1 });
});

test('any other failure ends it', async () => {
  const broken: QuestionProvider = {
    name: 'TEMPLATE',
    propose() {
      throw badInput('No.');
    },
  };
  await expect(planQuestions([broken], request)).rejects.toThrow('No.');
  const bug = aiProvider(async () => Promise.reject(new TypeError('a bug')));
  await expect(planQuestions([bug], request)).rejects.toThrow('a bug');
});
