import { readFileSync } from 'node:fs';
import { estimateCost, guessUsage } from './estimate-cost.ts';
import { costOf, priceAt, sumCosts } from './prices.ts';

const usage = { inputTokens: 1_000, outputTokens: 200, cachedInputTokens: 0, searches: 1 };
const flash = { platform: 'GEMINI', model: 'gemini-3.6-flash' } as const;

test('a price stands from its day until the next one, and before its first there is none', () => {
  expect(priceAt(flash, '2026-09-06')).toBeNull();
  expect(priceAt(flash, '2026-12-31')).toMatchObject({ input: '0.75', output: '3.75' });
  expect(priceAt(flash, '2027-01-01')).toMatchObject({ input: '1.5', output: '7.5' });
  expect(priceAt({ platform: 'OPENAI', model: 'gpt-0' }, '2026-11-22')).toBeNull();
  expect(priceAt({ ...flash, platform: 'OPENAI' }, '2026-11-22')).toBeNull();
});

test.each(['gpt-5.4-mini-2026-03-17', 'gpt-5.4-mini-20260317'])(
  '%s costs what its model does',
  (model) => {
    expect(priceAt({ platform: 'OPENAI', model }, '2026-11-22')).toMatchObject({ input: '0.75' });
  },
);

test('the docs name every model that has a price', () => {
  const docs = readFileSync('docs/answer-platforms.md', 'utf8');
  const source = readFileSync('src/domain/aeo-audit/prices.ts', 'utf8');
  const models = [...source.matchAll(/model: '([^']+)'/g)].map(([, model]) => model);
  expect(models.length).toBeGreaterThan(7);
  expect(models.filter((model) => !docs.includes(`\`${model}\``))).toEqual([]);
});

test('a cost is exact: tokens, those that were cached, searches and requests', () => {
  const price = { ...priceAt(flash, '2026-11-22'), perRequest: '0.005' } as never;
  // 1000 * 0.75 / 1e6 + 200 * 3.75 / 1e6 + 0.014 + 0.005
  expect(costOf(usage, price)).toBe('0.0205');
  const agent = priceAt({ platform: 'PERPLEXITY', model: 'perplexity/sonar' }, '2026-11-22');
  // 999 cached of 1000, more than there are counting as all.
  expect(costOf({ ...usage, cachedInputTokens: 999 }, agent as never)).toBe('0.0030626875');
  expect(costOf({ ...usage, cachedInputTokens: 5_000 }, agent as never)).toBe('0.0030625');
  expect(sumCosts(['0.1', '0.2', '3', '0.000000000000001'])).toBe('3.300000000000001');
});

test('an estimate has calls, tokens and money, of each platform and in all', () => {
  const expected = { inputTokens: 1_000, outputTokens: 200.5, searches: 1 };
  const plan = { questions: 20, repetitions: 3, date: '2026-11-22' };
  const known = { ...flash, expected };
  const openai = { platform: 'OPENAI', model: 'gpt-5.4-mini', expected } as const;
  expect(estimateCost({ ...plan, platforms: [known, openai] })).toEqual({
    ...{ calls: 120, inputTokens: 120_000, outputTokens: 24_060, searches: 120 },
    cost: '1.629247500000000'.replace(/0+$/, ''),
    platforms: [
      {
        ...{ ...flash, calls: 60, inputTokens: 60_000, outputTokens: 12_030, searches: 60 },
        ...{ cost: '0.9301125', unpriced: null },
      },
      {
        ...{ platform: 'OPENAI', model: 'gpt-5.4-mini' },
        ...{ calls: 60, inputTokens: 60_000, outputTokens: 12_030, searches: 60 },
        ...{ cost: '0.699135', unpriced: null },
      },
    ],
  });
});

test('a model without a price has no cost and says why, and so has the whole', () => {
  const platforms = [{ platform: 'OPENAI', model: 'gpt-0', expected: usage } as const];
  const plan = { questions: 1, repetitions: 1, date: '2026-11-22', platforms };
  expect(estimateCost(plan)).toMatchObject({
    cost: null,
    calls: 1,
    platforms: [{ cost: null, unpriced: 'No price of gpt-0 is known for 2026-11-22.' }],
  });
});

test('what is guessed of an answer is within its limit, and without search nothing is found', () => {
  expect(guessUsage('OPENAI', { webSearch: false, maxOutputTokens: 100 })).toEqual({
    ...{ inputTokens: 40, outputTokens: 100, searches: 0 },
  });
});
