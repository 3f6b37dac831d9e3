import type { AnswerPlatformName } from './answer-platform.ts';
import { planRelease } from './plan-release.ts';
import { progressOf } from './progress-of.ts';
import type { PlatformStock, Stock } from './take-stock.ts';

const pace = { perMinute: 120, burst: 10 };
const paces = { OPENAI: pace, ANTHROPIC: pace, PERPLEXITY: pace, GEMINI: pace };

function stockOf(platforms: Partial<PlatformStock>[], batch: Partial<Stock> = {}): Stock {
  const names: AnswerPlatformName[] = ['OPENAI', 'ANTHROPIC'];
  return {
    platforms: platforms.map((each, index) => ({
      ...{ platform: names[index] as AnswerPlatformName, pending: 50, released: 0 },
      ...{ answered: 0, failed: 0, skipped: 0, ...each },
    })),
    ...{ spent: '0', committed: '0', idleMs: null },
    ...{ batchQuestions: 0, batchFailed: 0, batchAnswers: 0, ...batch },
  };
}

const plan = (
  batchStrategy: 'FIXED_SIZE' | 'ADAPTIVE' | 'PLATFORM_OPTIMIZED',
  stock: Stock,
  platforms = 4,
) => planRelease({ batchStrategy, batchSize: 10, batchPauseSeconds: 2 }, stock, paces, platforms);

test('a batch is released once the one before has ended, and after the pause', () => {
  const both = { kind: 'QUESTIONS', questions: 10, platforms: ['OPENAI', 'ANTHROPIC'] };
  expect(plan('FIXED_SIZE', stockOf([{}, {}]))).toEqual(both);
  expect(plan('FIXED_SIZE', stockOf([{}, {}]), 1)).toEqual({ ...both, platforms: ['OPENAI'] });
  expect(plan('FIXED_SIZE', stockOf([{ pending: 0 }, {}]))).toEqual({
    ...both,
    platforms: ['ANTHROPIC'],
  });
  const waiting = stockOf([{}, { released: 1 }]);
  expect(plan('FIXED_SIZE', waiting)).toEqual({ kind: 'WAIT', waitMs: null });
  const ended = { batchQuestions: 10, batchAnswers: 20 };
  expect(plan('FIXED_SIZE', stockOf([{}, {}], { ...ended, idleMs: 500 }))).toEqual({
    kind: 'WAIT',
    waitMs: 1500,
  });
  expect(plan('FIXED_SIZE', stockOf([{}, {}], { ...ended, idleMs: 2000 }))).toEqual(both);
});

test('an adaptive batch grows by half without failures, stays with some, and is half of one of which a fifth failed', () => {
  const next = (batchFailed: number, batchQuestions = 20) =>
    plan('ADAPTIVE', stockOf([{}, {}], { batchFailed, batchQuestions, batchAnswers: 40 }));
  expect(next(0)).toMatchObject({ questions: 30 });
  expect(next(8)).toMatchObject({ questions: 20 });
  expect(next(9)).toMatchObject({ questions: 10 });
  expect(next(0, 90)).toMatchObject({ questions: 100 });
  expect(next(40, 1)).toMatchObject({ questions: 1 });
  expect(plan('ADAPTIVE', stockOf([{}, {}]))).toMatchObject({ questions: 10 });
});

test('each platform gets as much as it takes in five seconds, before it has run out of it', () => {
  const given = (...platforms: Partial<PlatformStock>[]) => {
    const release = plan('PLATFORM_OPTIMIZED', stockOf(platforms));
    return release.kind === 'ANSWERS' ? [...release.byPlatform] : release.kind;
  };
  expect(given({}, { released: 5 })).toEqual([
    ['OPENAI', 10],
    ['ANTHROPIC', 5],
  ]);
  expect(given({ released: 6 }, { pending: 3 })).toEqual([['ANTHROPIC', 3]]);
  expect(given({ released: 6 }, { pending: 0 })).toBe('WAIT');
});

test('stages have the shares of the whole that the specification gives them', () => {
  expect(progressOf('INITIALIZING', 0)).toBe(0);
  expect(progressOf('PROCESSING_QUESTIONS', 0)).toBe(0.2);
  expect(progressOf('PROCESSING_QUESTIONS', 0.5)).toBe(0.55);
  expect(progressOf('FINALIZING', 1)).toBe(1);
});
