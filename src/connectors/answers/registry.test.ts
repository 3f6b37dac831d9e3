import {
  type FakeAnswerPlatforms,
  type FakeFailure,
  startAnswerPlatforms,
} from '../../../test/support/answer-platforms/answer-server.ts';
import { writeAnswer } from '../../../test/support/answer-platforms/write-answer.ts';
import {
  type AnswerPlatform,
  type AnswerPlatformName,
  answerPlatformNames,
  type PlatformQuestion,
} from '../../domain/aeo-audit/answer-platform.ts';
import type { PlatformErrorKind } from '../../domain/aeo-audit/platform-error.ts';
import { connectAnswerPlatforms } from '../../infra/platforms/connect-answer-platforms.ts';
import { answerSources } from './registry.ts';

const secret = 'sk-canary-6f1d0c2b9e';
const model = 'gpt-5.4-mini';

let fake: FakeAnswerPlatforms;
let connected: ReturnType<typeof connectAnswerPlatforms>;

const connect = (standIns: string, timeoutSeconds = 30) =>
  connectAnswerPlatforms(answerSources, {
    PLATFORM_STAND_INS: standIns,
    AUDIT_PLATFORM_TIMEOUT_SECONDS: timeoutSeconds,
    AUDIT_MAX_ANSWER_BYTES: 2_000_000,
  });
const platformOf = (name: AnswerPlatformName, { answerPlatforms } = connected) =>
  answerPlatforms.get(name) as AnswerPlatform;
const questionOf = (text: string, changes: Partial<PlatformQuestion> = {}): PlatformQuestion => ({
  ...{ text, model, maxOutputTokens: 1_000, webSearch: true, locale: 'de-AT' },
  ...changes,
});
const never = () => new AbortController().signal;

beforeAll(async () => {
  fake = await startAnswerPlatforms();
  connected = connect(fake.standIns);
});
afterAll(async () => {
  await connected.close();
  fake.close();
});
beforeEach(() => fake.reset());

test('every platform has a source, and all its APIs are called over HTTPS', () => {
  expect([...answerSources.keys()].toSorted()).toEqual(answerPlatformNames.toSorted());
  for (const [name, source] of answerSources) {
    expect(source.name).toBe(name);
    for (const dialect of source.dialects.values()) {
      expect(dialect.address).toMatch(/^https:\/\/[^/]+$/);
      expect(JSON.stringify(dialect.authorize('s3cret'))).toContain('s3cret');
    }
  }
});

const apis = [...answerSources.values()].flatMap(({ name, dialects }) =>
  [...dialects.keys()].map((dialect) => ({ name, dialect })),
);

describe.each(apis)('$name, $dialect', ({ name, dialect }) => {
  const credential = { dialect, secret };
  const ask = (question = questionOf('Which is best?'), signal = never()) =>
    platformOf(name).ask(question, credential, signal);
  const failing = (failure: FakeFailure) => {
    fake.behaviour[name].next = [failure];
    return ask().catch((error) => error);
  };

  test('answers with a text, its sources and where in it they stand', async () => {
    let cited = 0;
    for (let each = 0; each < 12; each += 1) {
      const text = `Question ${each}: who leads? 🙂`;
      const written = writeAnswer(text, fake.behaviour[name].brands, name);
      const answer = await ask(questionOf(text));
      for (const piece of written.pieces) expect(answer.text).toContain(piece.text);
      const places = written.pieces.flatMap((piece) => piece.sources.map((at) => ({ piece, at })));
      expect(answer.citations).toHaveLength(places.length);
      for (const [index, { piece, at }] of places.entries()) {
        const { start, end, ...citation } = answer.citations[index] as never as {
          [key: string]: unknown;
          start: number;
          end: number;
        };
        const { url, domain } = written.sources[at] as { url: string; domain: string };
        expect(citation).toMatchObject({ domain, url: expect.stringMatching(/^https:/) });
        expect([piece.text, `([${domain}](${url}))`, `[${at + 1}]`]).toContain(
          answer.text.slice(start, end),
        );
        cited += 1;
      }
      expect(answer).toMatchObject({ finishReason: 'COMPLETE', rate: null });
      expect(answer.model).toContain(model);
      expect(answer.requestId).toMatch(/\w/);
      expect(JSON.parse(answer.raw)).toBeInstanceOf(Object);
      expect(answer.usage).toMatchObject({
        inputTokens: expect.any(Number),
        searches: name === 'GEMINI' ? 2 : 1,
      });
      expect(answer.usage.inputTokens).toBeGreaterThan(0);
      expect(answer.usage.outputTokens).toBeGreaterThanOrEqual(answer.text.length / 4);
    }
    expect(cited).toBeGreaterThan(5);
    expect(fake.counts[name]).toMatchObject({ requests: 12, tests: 0 });
  });

  test('without search it names no sources, and is charged for none', async () => {
    const question = questionOf('Question 1: who leads? 🙂', { webSearch: false, locale: null });
    const { citations, usage } = await ask(question);
    expect({ citations, searches: usage.searches }).toEqual({ citations: [], searches: 0 });
  });

  test.each<[FakeFailure, PlatformErrorKind]>([
    ['OUTAGE', 'UNAVAILABLE'],
    ['LIMITED', 'RATE_LIMITED'],
    ['UNPAID', 'AUTHENTICATION'],
    ['REVOKED', 'AUTHENTICATION'],
    ['MALFORMED', 'MALFORMED'],
    ['EMPTY', 'MALFORMED'],
    ['NO_JSON', 'MALFORMED'],
    ['HUGE', 'MALFORMED'],
    ['BROKEN', 'UNAVAILABLE'],
  ])('%s is told as %s, by one call and without the key', async (failure, kind) => {
    const error = await failing(failure);
    expect(error).toMatchObject({ kind, message: expect.stringContaining(platformOf(name).label) });
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('canary');
    expect(fake.counts[name].requests).toBe(1);
  });

  test('a limit is told with when to come again, where the platform says so', async () => {
    fake.behaviour[name].limit = { perMinute: 60, burst: 2 };
    const { rate } = await ask();
    await ask();
    const error = await ask().catch((thrown) => thrown);
    expect(error.kind).toBe('RATE_LIMITED');
    if (name === 'PERPLEXITY') return expect([rate, error.retryAfterMs]).toEqual([null, null]);
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(1_000);
    if (name !== 'GEMINI') {
      expect(rate).toMatchObject({ requestsLimit: 60, requestsRemaining: 1, tokensLimit: 2e6 });
      expect(rate?.requestsResetAt?.getTime()).toBeGreaterThan(Date.now() - 1_000);
      expect(error.rate).toMatchObject({ requestsRemaining: 0 });
      expect(error.requestId).toMatch(/\w/);
    }
  });

  test('a model that it does not have is rejected, in its words', async () => {
    fake.behaviour[name].models = ['another'];
    await expect(ask()).rejects.toMatchObject({
      kind: 'REJECTED',
      message: expect.stringContaining(model),
    });
  });

  test('a call that is ended throws why', async () => {
    fake.behaviour[name].latencyMs = 500;
    const ending = new AbortController();
    const asked = ask(questionOf('Late?'), ending.signal);
    ending.abort(new Error('cancelled'));
    await expect(asked).rejects.toThrow('cancelled');
  });

  test('a key is tried without asking anything', async () => {
    const { test: tryKey } = platformOf(name);
    await tryKey(credential);
    fake.behaviour[name].failure = 'OUTAGE';
    await expect(tryKey(credential)).rejects.toMatchObject({ failure: 'UNANSWERED' });
    fake.behaviour[name].key = 'another';
    await expect(tryKey(credential)).rejects.toMatchObject({ failure: 'REFUSED' });
    expect(fake.counts[name]).toMatchObject({ tests: 3, requests: 0 });
  });
});

test('one that is too slow, or cannot be reached, is told as such', async () => {
  const gone = await startAnswerPlatforms();
  gone.close();
  const hasty = connect(fake.standIns, 0.3);
  const nowhere = connect(gone.standIns);
  for (const { name, dialect } of apis) {
    fake.behaviour[name].failure = 'SLOW';
    const credential = { dialect, secret };
    const late = platformOf(name, hasty).ask(questionOf('?'), credential, never());
    await expect(late).rejects.toMatchObject({ kind: 'TIMEOUT' });
    const lost = platformOf(name, nowhere).ask(questionOf('?'), credential, never());
    await expect(lost).rejects.toMatchObject({ kind: 'UNAVAILABLE', code: 'ECONNREFUSED' });
  }
  await Promise.all([hasty.close(), nowhere.close()]);
});
