import fc from 'fast-check';
import { questionProfile } from '../../../test/support/question-profile.ts';
import { dropNearEquals } from './dedupe.ts';
import { planQuestions } from './plan-questions.ts';
import { prioritise } from './prioritise.ts';
import { questionCategories } from './question-category.ts';
import {
  defaultQuestionLimits as limits,
  type ProposedQuestion,
  type QuestionProfile,
} from './question-provider.ts';
import { readerOf } from './read-question.ts';
import { limitsOfTemplates, templateProvider } from './template-provider.ts';
import { german } from './templates/de.ts';
import { english } from './templates/en.ts';
import { spanish } from './templates/es.ts';
import { french } from './templates/fr.ts';

const categories = questionCategories;
const propose = async (profile: QuestionProfile) => [
  ...(await templateProvider.propose({ profile, categories, limits })),
];
const textsOf = (questions: readonly ProposedQuestion[]) => questions.map(({ text }) => text);

test('a template is asked of every name, with its type and whom it asks after', async () => {
  const profile = questionProfile({
    products: ['Road Runner'],
    competitors: [{ id: 'g', name: 'Globex' }],
  });
  const pricing = (await propose(profile)).filter(({ category }) => category === 'PRICING');
  const template = { category: 'PRICING', provider: 'TEMPLATE' };
  expect(pricing).toHaveLength(21);
  expect(pricing).toEqual(
    expect.arrayContaining([
      {
        ...{ ...template, text: 'What does one usually pay for CRM software?' },
        ...{ type: 'INDUSTRY_GENERAL', targetBrandId: null },
      },
      {
        ...{ ...template, text: 'Is Acme worth the money?' },
        ...{ type: 'BRAND_SPECIFIC', targetBrandId: 'brand-acme' },
      },
      {
        ...{ ...template, text: 'Which is cheaper, Acme or Globex?' },
        ...{ type: 'BRAND_VS_COMPETITOR', targetBrandId: 'brand-acme' },
      },
      {
        ...{ ...template, text: 'How much does Globex cost?' },
        ...{ type: 'COMPETITOR', targetBrandId: 'g' },
      },
      {
        ...{ ...template, text: 'Does Acme justify what it charges for Road Runner?' },
        ...{ type: 'PRODUCT', targetBrandId: 'brand-acme' },
      },
    ]),
  );
});

test.each(['en', 'de-AT', 'fr', 'es-MX'])(
  'in %s a brand alone gets at least 5 questions of each category, none like another',
  async (locale) => {
    const profile = questionProfile({ competitors: [], products: [], industry: null, locale });
    const plan = await planQuestions([templateProvider], { profile, categories, limits });
    expect(plan.shortfalls).toEqual([]);
    expect(new Set(plan.questions.map(({ type }) => type))).toEqual(new Set(['BRAND_SPECIFIC']));
  },
);

test('several competitors and products fill every category', async () => {
  const profile = questionProfile();
  const many = { ...limits, maxQuestions: 350 };
  const plan = await planQuestions([templateProvider], { profile, categories, limits: many });
  expect(plan.counts.map(({ count }) => count)).toEqual(categories.map(() => 50));
  expect(plan.notes).toEqual([]);
});

test.each([
  ['en', english],
  ['de', german],
  ['fr', french],
  ['es', spanish],
])('templates in %s ask different things, and as their names say', async (locale) => {
  const profile = questionProfile({ locale });
  const read = readerOf(profile);
  const proposals = await propose(profile);
  const ranked = proposals.map((question) => prioritise(question, read));
  const kept = textsOf(dropNearEquals(ranked, read));
  expect(textsOf(proposals).filter((text) => !kept.includes(text))).toEqual([]);
});

test('no place of a template needs an article, an ending or an elision', () => {
  const all = (templates: object) => Object.values(templates).flat().join('\n');
  expect(all(english)).not.toMatch(/\b(?:an?|the) \{|\}['’-]?\w/i);
  expect(all(german)).not.toMatch(/\b(?:der|die|das|dem|den|eine?[rmn]?) \{|\}['’-]?\w/i);
  expect(all(french)).not.toMatch(/\b(?:de|que|le|la|les|du|des) \{|\}['’-]?\w/i);
  expect(all(spanish)).not.toMatch(/\b(?:el|la|los|las|y|o) \{|\}['’-]?\w/i);
});

test('a product that has its brand in its name is named alone', async () => {
  const texts = textsOf(await propose(questionProfile()));
  expect(texts).toContain('What do customers say about Acme Sales?');
  expect(texts).toContain('What do customers say about Road Runner from Acme?');
});

test('what a profile lacks is not made up', async () => {
  const profile = questionProfile({
    industry: ' ',
    competitors: [],
    products: [],
    locale: 'pt-BR',
  });
  expect(limitsOfTemplates(profile)).toEqual([
    'No industry is given: every question from a template names a brand, so none shows who is named unasked.',
    'No competitor is given: no question from a template compares the brand with a named one.',
    'No product is given: no question from a template asks after one.',
    'There are no templates in the language of pt-BR: they are in English.',
  ]);
  expect(textsOf(await propose(profile)).every((text) => text.includes('Acme'))).toBe(true);
  expect(limitsOfTemplates(questionProfile({ locale: 'not a locale' }))).toHaveLength(1);
});

test('names stand in questions as they are, and long ones make none', async () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
  const profiles = fc.record({
    brand: fc.record({
      id: fc.constant('b'),
      name: fc.oneof(name, fc.constant('{competitor} $& {brand}')),
    }),
    competitors: fc.array(fc.record({ id: fc.uuid(), name }), { maxLength: 3 }),
    industry: fc.option(name),
    products: fc.array(name, { maxLength: 3 }),
    locale: fc.constantFrom('en', 'de', '', 'x'),
  });
  await fc.assert(
    fc.asyncProperty(profiles, async (profile) => {
      const proposals = await propose(profile);
      expect(proposals).toEqual(await propose(profile));
      for (const { text } of proposals) expect(text.length).toBeLessThanOrEqual(500);
    }),
    { numRuns: 15 },
  );
  const tricky = questionProfile({ brand: { id: 'b', name: '{competitor} $&' }, competitors: [] });
  expect(textsOf(await propose(tricky))).toContain('Is {competitor} $& worth the money?');
});
