import { type AnswerPlatformName, finishReasons } from '../../domain/aeo-audit/answer-platform.ts';
import type { AnswerDialect } from './answer-source.ts';
import { countryOf } from './cite.ts';
import { readDuration, readRetryAfter } from './rate-headers.ts';
import { answerSources } from './registry.ts';

const dialectOf = (name: AnswerPlatformName, dialect: string) =>
  answerSources.get(name)?.dialects.get(dialect) as AnswerDialect;

const message = (content: object[]) => [{ type: 'message', content }];
const said = { type: 'output_text', text: 'Yes.', annotations: [] };
const candidate = (finishReason: string, text?: string) => ({
  candidates: [{ finishReason, ...(text && { content: { parts: [{ text }] } }) }],
});
const chat = (finish_reason: string) => ({
  choices: [{ finish_reason, message: { content: 'Yes.' } }],
});

test.each<[AnswerPlatformName, string, object, string]>([
  [
    ...(['OPENAI', 'RESPONSES'] as const),
    {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: message([said]),
    },
    'LENGTH',
  ],
  [
    ...(['OPENAI', 'RESPONSES'] as const),
    { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] },
    'FILTERED',
  ],
  [
    ...(['OPENAI', 'RESPONSES'] as const),
    { status: 'completed', output: message([{ type: 'refusal', refusal: 'No.' }]) },
    'REFUSED',
  ],
  ['PERPLEXITY', 'AGENT', { status: 'completed', output: message([said]) }, 'COMPLETE'],
  ['PERPLEXITY', 'CHAT', chat('stop'), 'COMPLETE'],
  ['PERPLEXITY', 'CHAT', chat('length'), 'LENGTH'],
  [
    ...(['ANTHROPIC', 'MESSAGES'] as const),
    { type: 'message', content: [{ type: 'text', text: 'Yes' }], stop_reason: 'max_tokens' },
    'LENGTH',
  ],
  ['ANTHROPIC', 'MESSAGES', { type: 'message', content: [], stop_reason: 'refusal' }, 'REFUSED'],
  ['GEMINI', 'GENERATE_CONTENT', candidate('MAX_TOKENS', 'Yes'), 'LENGTH'],
  ['GEMINI', 'GENERATE_CONTENT', candidate('SAFETY'), 'FILTERED'],
  ['GEMINI', 'GENERATE_CONTENT', { promptFeedback: { blockReason: 'OTHER' } }, 'FILTERED'],
])('%s, %s: why %j ended', (name, dialect, body, finishReason) => {
  expect(finishReasons).toContain(finishReason);
  expect(dialectOf(name, dialect).read(body)).toMatchObject({ finishReason, citations: [] });
});

test.each([
  [{ code: 'rate_limit_exceeded' }, 'RATE_LIMITED'],
  [{ code: 'server_error' }, 'UNAVAILABLE'],
])('a response that failed is no answer: %j', (error, kind) => {
  const { read } = dialectOf('OPENAI', 'RESPONSES');
  expect(() => read({ status: 'failed', error, output: [] })).toThrow(
    expect.objectContaining({ kind, code: error.code }),
  );
});

test('what is no address of a page is no citation, and of too many only some are read', () => {
  const { read } = dialectOf('PERPLEXITY', 'CHAT');
  const of = (content: string, ...urls: string[]) =>
    read({ choices: [{ message: { content } }], citations: urls }).citations.map(({ url }) => url);
  const long = `https://long.example/${'a'.repeat(8_000)}`;
  const wrong = ['javascript:alert(1)', ' java\tscript:alert(1)', 'data:text/html,x', long];
  expect(of('Yes [1].', 'https://a.example/', ...wrong)).toEqual(['https://a.example/']);
  expect(of('[1]'.repeat(100_000), 'https://a.example/')).toHaveLength(1_000);
});

test('all that it thought, and no text, is no answer', () => {
  const { read } = dialectOf('GEMINI', 'GENERATE_CONTENT');
  const parts = [{ text: 'Hm.', thought: true }];
  expect(() => read({ candidates: [{ finishReason: 'MAX_TOKENS', content: { parts } }] })).toThrow(
    expect.objectContaining({ kind: 'MALFORMED' }),
  );
});

test.each([
  ['20ms', 20],
  ['1s', 1_000],
  ['8.64s', 8_640],
  ['1m30s', 90_000],
  ['6m0s', 360_000],
  ['1h2m3s', 3_723_000],
  ['25h', null],
  ['soon', null],
  ['', null],
])('%j lasts %j ms', (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30_000],
  [{ 'retry-after': '7', 'retry-after-ms': '250.5' }, 251],
  [{ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, null],
  [{ 'retry-after': 'later' }, null],
  [{}, null],
])('%j says to wait %j ms', (headers, ms) => {
  const now = new Date('2026-11-22T10:00:00Z');
  expect(readRetryAfter(new Headers(headers as Record<string, string>), now)).toBe(ms);
});

test.each([
  ['en-US', 'US'],
  ['de', null],
  ['no locale', null],
])('the country of %s is %s', (locale, country) => {
  expect(countryOf(locale)).toBe(country);
});
