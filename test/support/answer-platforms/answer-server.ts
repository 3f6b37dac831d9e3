import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnswerPlatformName,
  answerPlatformNames,
} from '../../../src/domain/aeo-audit/answer-platform.ts';
import { fakeAnthropic } from './anthropic.ts';
import type { FakeAnswer, FakeVendor, LimitState } from './fake-vendor.ts';
import { fakeGemini } from './gemini.ts';
import { fakeOpenai } from './openai.ts';
import { fakePerplexity } from './perplexity.ts';
import { type FakeBrand, fakeBrands, writeAnswer } from './write-answer.ts';

/** What one vendor does from now on; it can be changed at will. */
export interface FakeBehaviour {
  /** The only key that it takes; every one where null. */
  key: string | null;
  latencyMs: number;
  /** Questions a minute of one key, and at once; without a limit where null. */
  limit: { perMinute: number; burst: number } | null;
  /** Questions for models other than these are refused; none where null. */
  models: string[] | null;
  /**
   * How every question ends from now on instead of being answered: OUTAGE (500, 503, 529), UNPAID, MALFORMED (JSON of
   * no known form), EMPTY (no text), NO_JSON (200, and not JSON), HUGE (10 MB), SLOW (half of the answer, and then
   * nothing for a minute), BROKEN (half of it, and then the end), ABSURD (an answer all of whose numbers, names and
   * addresses are far too large).
   */
  failure: FakeFailure | null;
  /** How the next questions end, in order; null for one that is answered. */
  next: (FakeFailure | null)[];
  brands: readonly FakeBrand[];
  /** What it says where it is asked for questions. */
  proposals: readonly string[];
}

export type FakeFailure =
  | ('OUTAGE' | 'UNPAID' | 'LIMITED' | 'REVOKED')
  | ('MALFORMED' | 'EMPTY' | 'NO_JSON' | 'HUGE' | 'SLOW' | 'BROKEN' | 'ABSURD');

/** What was asked of one vendor. */
interface FakeCounts {
  /** Questions that were let in, by their text: how often each was answered. */
  answered: Map<string, number>;
  /** All requests, and those that were refused for coming too often. */
  requests: number;
  limited: number;
  tests: number;
}

const vendors: readonly FakeVendor[] = [fakeOpenai, fakeAnthropic, fakePerplexity, fakeGemini];

const usual = (): FakeBehaviour => ({
  ...{ key: null, latencyMs: 0, limit: null, models: null, failure: null, next: [] },
  ...{ brands: fakeBrands, proposals: [] },
});
const nothing = (): FakeCounts => ({ answered: new Map(), requests: 0, limited: 0, tests: 0 });

/**
 * OpenAI, Anthropic, Perplexity and Gemini in miniature, at one address: their shapes, limits and failures.
 *
 * `PUT /_behaviour/OPENAI` with part of a behaviour changes it from another process, `GET /_counts` tells what was asked.
 *
 * Source: docs/answer-platforms.md.
 */
export async function startAnswerPlatforms(port = 0) {
  const behaviour = byName(usual);
  const counts = byName(nothing);
  const turns = new Map<string, number>();
  let number = 0;
  const http = createServer({ keepAliveTimeout: 60_000 });
  await once(http.listen(port, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  http.on('request', async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] as string;
    if (path.startsWith('/_')) return control(path, request, response);
    const vendor = vendors.find((each) => each.isMeant(path, request.headers));
    if (!vendor) return send(response, { status: 404, body: { error: 'There is nothing here.' } });
    number += 1;
    await answer(vendor, path, request, response, number);
  });

  const answer = async (
    vendor: FakeVendor,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    id: number,
  ) => {
    const does = behaviour[vendor.name];
    const count = counts[vendor.name];
    const key = vendor.keyOf(request.headers) ?? '';
    const isTest = request.method === 'GET' && vendor.test.isMeant(path);
    const body = isTest ? {} : ((await json(request)) as Record<string, unknown>);
    const reply = (answered: FakeAnswer, rate = {}) =>
      send(response, answered, { ...vendor.requestId(id), ...rate });
    if (isTest) count.tests += 1;
    else count.requests += 1;
    if (!key || (does.key !== null && key !== does.key)) return reply(vendor.refuse.revoked);
    if (isTest) {
      const isDown = does.failure === 'OUTAGE';
      return reply(isDown ? (vendor.refuse.outage[0] as FakeAnswer) : vendor.test.answer);
    }
    const failure = does.next.length > 0 ? does.next.shift() : does.failure;
    const state = takeTurn(turns, `${vendor.name} ${key}`, does.limit, failure === 'LIMITED');
    const rate = does.limit ? vendor.rate(state) : {};
    if (state.waitMs > 0) {
      count.limited += 1;
      return reply(vendor.refuse.limited(state), rate);
    }
    const question = vendor.readQuestion(path, body);
    if (does.models && !does.models.includes(question.model)) {
      return reply(vendor.refuse.unknownModel(question.model), rate);
    }
    if (does.latencyMs > 0) await sleep(does.latencyMs);
    if (response.destroyed) return;
    if (failure === 'OUTAGE') {
      return reply(vendor.refuse.outage[id % vendor.refuse.outage.length] as FakeAnswer);
    }
    if (failure === 'UNPAID') return reply(vendor.refuse.unpaid);
    if (failure === 'REVOKED') return reply(vendor.refuse.revoked);
    if (failure === 'MALFORMED') return reply({ status: 200, body: { output: 7, content: 'x' } });
    if (failure === 'NO_JSON') return reply({ status: 200, body: '<html>Try later</html>' });
    if (failure === 'HUGE') return reply({ status: 200, body: { text: 'x'.repeat(10_000_000) } });
    const written =
      failure === 'EMPTY'
        ? { pieces: [], sources: [], queries: [] }
        : question.text.includes('Answer with a JSON array alone')
          ? {
              pieces: [{ text: JSON.stringify(does.proposals), sources: [] }],
              sources: [],
              queries: [],
            }
          : writeAnswer(question.text, does.brands, vendor.name);
    const whole = JSON.stringify(
      vendor.answer(written, question, id, path),
      failure === 'ABSURD' ? absurd : undefined,
    );
    if (failure === 'SLOW' || failure === 'BROKEN') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(whole.slice(0, whole.length / 2));
      if (failure === 'SLOW') return setTimeout(() => response.end(), 60_000).unref();
      return setImmediate(() => response.destroy());
    }
    count.answered.set(question.text, (count.answered.get(question.text) ?? 0) + 1);
    return reply({ status: 200, body: whole }, rate);
  };

  const control = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const name = path.replace('/_behaviour/', '') as AnswerPlatformName;
    if (request.method === 'PUT' && name in behaviour) {
      Object.assign(behaviour[name], await json(request));
      return send(response, { status: 200, body: behaviour[name] });
    }
    if (path !== '/_counts') return send(response, { status: 404, body: {} });
    const told = Object.entries(counts).map(([each, { answered, ...others }]) => [
      each,
      { ...others, answered: [...answered.values()].reduce((sum, times) => sum + times, 0) },
    ]);
    return send(response, { status: 200, body: Object.fromEntries(told) });
  };

  return {
    url,
    /** All four, as the setting `PLATFORM_STAND_INS` names them. */
    standIns: answerPlatformNames.map((name) => `${name}=${url}`).join(','),
    behaviour,
    counts,
    /** Behave as at the start, and forget what was. */
    reset() {
      for (const name of answerPlatformNames) {
        Object.assign(behaviour[name], usual());
        Object.assign(counts[name], nothing());
      }
      turns.clear();
    },
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}

export type FakeAnswerPlatforms = Awaited<ReturnType<typeof startAnswerPlatforms>>;

/** A list as long as no reader's patience, numbers that no column has room for, and hosts longer than an index takes. */
function absurd(key: string, value: unknown): unknown {
  if (typeof value === 'number') return 9e15;
  if (key === 'text' && typeof value === 'string')
    return `${'- x\n'.repeat(40_000)}- Northwind\0\ud800`;
  if (key === 'id' || key === 'model') return 'i'.repeat(100_000);
  const letters = (_: unknown, index: number) =>
    String.fromCharCode(97 + ((index * index * 7) % 25));
  if (key === 'url') return `https://${Array.from({ length: 5_000 }, letters).join('')}.com/`;
  return value;
}

function byName<T>(make: () => T): Record<AnswerPlatformName, T> {
  return { OPENAI: make(), ANTHROPIC: make(), PERPLEXITY: make(), GEMINI: make() };
}

/** Take one of a key's turns, where there is one. */
function takeTurn(
  turns: Map<string, number>,
  key: string,
  limit: FakeBehaviour['limit'],
  isRefused: boolean,
): LimitState {
  const { perMinute, burst } = limit ?? { perMinute: 60_000, burst: 60_000 };
  const interval = 60_000 / perMinute;
  const now = performance.now();
  const next = Math.max(turns.get(key) ?? 0, now - (burst - 1) * interval);
  const waitMs = isRefused ? 1_000 : Math.max(0, next - now);
  const following = waitMs > 0 ? next : next + interval;
  if (limit) turns.set(key, following);
  const used = Math.max(0, (following - now) / interval + burst - 1);
  return {
    limit: perMinute,
    remaining: Math.max(0, Math.floor(burst - used)),
    ...{ waitMs, refillMs: used * interval },
  };
}

function send(
  response: ServerResponse,
  { status, headers, body }: FakeAnswer,
  more: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response
    .writeHead(status, {
      ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      ...{ ...more, ...headers },
    })
    .end(text);
}
