import { questionProfile } from '../../../test/support/question-profile.ts';
import { type CustomQuestion, checkCustomQuestions, customProvider } from './custom-provider.ts';
import { defaultQuestionLimits as limits } from './question-provider.ts';

const pricing = (text: string): CustomQuestion => ({ text, category: 'PRICING' });
const check = (...texts: string[]) => checkCustomQuestions(texts.map(pricing), ['PRICING'], limits);

test('questions are trimmed, of single spaces, in NFC and each there once', () => {
  expect(
    check('  Is it\n worth\tit? ', 'is it WORTH it', 'Wie teuer ist Cafe\u0301?', 'Was kostet es?'),
  ).toEqual([
    pricing('Is it worth it?'),
    pricing('Wie teuer ist Café?'),
    pricing('Was kostet es?'),
  ]);
});

test.each([
  ['empty', ' \n ', 'Question 2 is empty.'],
  ['too long', 'a'.repeat(501), 'Question 2 has more than 500 characters.'],
  ['with NUL', 'Is it\0 good?', 'Question 2 has control characters: remove them.'],
  ['with an escape', 'Is it \u001b[31mred?', 'Question 2 has control characters: remove them.'],
  ['turned around', 'Is it \u202egood?', 'Question 2 has control characters: remove them.'],
  ['with half a character', 'Is it \ud83d?', 'Question 2 has control characters: remove them.'],
  ['of signs alone', '?! …', 'Question 2 has no words.'],
])('one that is %s is refused', (_, text, message) => {
  expect(() => check('Is it good?', text)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', message, fields: ['customQuestions'] }),
  );
});

test('500 characters are not too many, however many bytes they have', () => {
  expect(check(`a${'🙂'.repeat(499)}`)).toHaveLength(1);
});

test('more than an audit has room for are refused', () => {
  const questions = Array.from({ length: 51 }, (_, index) => pricing(`Is offer ${index} good?`));
  expect(() => checkCustomQuestions(questions, ['PRICING'], limits)).toThrow(
    'Give at most 50 questions of your own in PRICING.',
  );
  const roomy = { maxPerCategory: 100, maxQuestions: 50 };
  expect(() => checkCustomQuestions(questions, ['PRICING'], roomy)).toThrow(
    'Give at most 50 questions of your own.',
  );
});

test('one of a category that is not asked about is refused: it would never be asked', () => {
  expect(() => checkCustomQuestions([pricing('Is it worth it?')], ['REVIEWS'], limits)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', fields: ['customQuestions', 'categories'] }),
  );
});

test('a question that has another name of the brand is about the brand', async () => {
  const brand = { id: 'brand-acme', name: 'Acme', aliases: ['Coyote Supplies'] };
  const request = { profile: questionProfile({ brand }), categories: ['PRICING' as const], limits };
  const asked = customProvider([pricing('Is Coyote Supplies cheap?')]);
  expect(await asked.propose(request)).toMatchObject([
    { type: 'BRAND_SPECIFIC', targetBrandId: 'brand-acme' },
  ]);
});

test.each([
  ['What is the best CRM software for a bakery?', 'INDUSTRY_GENERAL', null],
  ["Are ACME's prices fair?", 'BRAND_SPECIFIC', 'brand-acme'],
  ['Does road runner break often?', 'PRODUCT', 'brand-acme'],
  ['Is Initech dearer than Acme?', 'BRAND_VS_COMPETITOR', 'brand-acme'],
  ['Is Initech dearer than Globex?', 'COMPETITOR', 'brand-initech'],
  ['Is Acmeta a company?', 'INDUSTRY_GENERAL', null],
])('%s is %s', async (text, type, targetBrandId) => {
  const questions = [pricing(text), { text: 'How do I start?', category: 'HOW_TO' as const }];
  const profile = questionProfile();
  const request = { profile, categories: ['PRICING' as const], limits };
  expect(await customProvider(questions).propose(request)).toEqual([
    { text, category: 'PRICING', provider: 'CUSTOM', type, targetBrandId },
  ]);
});
