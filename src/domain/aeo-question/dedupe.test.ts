import fc from 'fast-check';
import { questionProfile } from '../../../test/support/question-profile.ts';
import { dropNearEquals } from './dedupe.ts';
import { prioritise } from './prioritise.ts';
import type { QuestionProviderName } from './question-category.ts';
import { readerOf } from './read-question.ts';

const read = readerOf(questionProfile());
const ranked = (text: string, provider: QuestionProviderName = 'TEMPLATE') =>
  prioritise(
    { text, provider, category: 'COMPARISON', type: 'INDUSTRY_GENERAL', targetBrandId: null },
    read,
  );
const kept = (...texts: string[]) =>
  dropNearEquals(
    texts.map((text) => ranked(text)),
    read,
  ).length;

test.each([
  ['What does Acme cost?', 'How much does ACME cost, please?'],
  ['Is Acme’s café any good?', 'Is the cafe of Acme good?'],
  ['What are the best alternatives to Acme?', 'What is the best alternative to Acme?'],
  ['Acme or Globex: which one is better?', 'Which is better, Globex or Acme?'],
  ['Ｗｈａｔ ｃｏｓｔｓ Acme?', 'What costs Acme?'],
  ['Straße oder Weg?', 'STRASSE ODER WEG'],
  ['阿克米和其他公司相比怎么样?', '阿克米和其他公司相比怎么样'],
])('%s asks the same as %s', (one, other) => {
  expect(kept(one, other)).toBe(1);
});

test.each([
  ['How does Acme compare with Globex?', 'How does Acme compare with Initech?'],
  [
    'What do customers say about the support for large teams at Globex?',
    'What do customers say about the support for large teams at Initech?',
  ],
  ['Why do customers switch from Acme to Globex?', 'Why do customers switch from Globex to Acme?'],
  ['Is it good for teams of 10?', 'Is it good for teams of 50?'],
  ['What are the advantages of Acme?', 'What are the disadvantages of Acme?'],
  ['Who should choose Acme?', 'Who should not choose Acme?'],
  ['Why do people choose Acme?', 'When do people choose Acme?'],
])('%s asks something else than %s', (one, other) => {
  expect(kept(one, other)).toBe(2);
});

test('the higher priority stays, and before all what a person wrote', () => {
  const texts = (...of: Parameters<typeof ranked>[]) =>
    dropNearEquals(
      of.map((each) => ranked(...each)),
      read,
    ).map(({ text }) => text);
  expect(texts(['What does Acme cost?', 'AI'], ['How much does Acme cost?'])).toEqual([
    'How much does Acme cost?',
  ]);
  expect(
    texts(
      ['How much does Acme cost?'],
      ['What does Acme cost?', 'CUSTOM'],
      ['What does ACME cost', 'CUSTOM'],
      ['How much might Acme cost?', 'CUSTOM'],
    ),
  ).toEqual(['How much might Acme cost?', 'What does ACME cost']);
});

/** Of so few words that some ask the same. */
const words = [
  'fast',
  'safe',
  'cheap',
  'large',
  'offer',
  'plan',
  'Acme',
  'Globex',
  'from',
  'the',
  '7',
];
const questions = fc.array(
  fc.tuple(
    fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 })
      .map((all) => all.join(' ')),
    fc.constantFrom<QuestionProviderName>('TEMPLATE', 'AI', 'CUSTOM'),
  ),
  { maxLength: 40 },
);

test('what is left is the same whatever the order, and again; each pair of it was compared', () => {
  fc.assert(
    fc.property(questions, fc.integer(), (pairs, seed) => {
      const all = pairs.map((pair) => ranked(...pair));
      const left = dropNearEquals(all, read);
      const turned = all.toSorted(
        (a, b) => ((a.text.length * seed) % 7) - ((b.text.length * seed) % 7),
      );
      expect(dropNearEquals(turned, read)).toEqual(left);
      expect(dropNearEquals(left, read)).toEqual(left);
      // The index leaves no pair out: any two that are made ask the same also alone.
      const made = left.filter(({ provider }) => provider !== 'CUSTOM').slice(0, 8);
      for (const [at, one] of made.entries()) {
        for (const other of made.slice(at + 1))
          expect(dropNearEquals([one, other], read)).toHaveLength(2);
      }
    }),
    { numRuns: 100 },
  );
});
