import { setTimeout } from 'node:timers/promises';
import type { Pacer } from '../domain/pacer.ts';
import { awaitTurn } from './await-turn.ts';

const pace = { perMinute: 60_000, burst: 10 };
const signal = new AbortController().signal;

/** A pacer that gives these waits, and keeps what it was asked. */
function pacerOf(waits: number[], answersAfterMs = 0, heldMs: number[] = []) {
  const asked: unknown[][] = [];
  const pacer: Pacer = {
    async take(...call) {
      asked.push(call);
      if (answersAfterMs > 0) await setTimeout(answersAfterMs);
      return waits.shift() ?? 0;
    },
    holdOff: async () => undefined,
    heldMs: () => heldMs.shift() ?? 0,
  };
  return { pacer, asked };
}

test('a turn that is too far off is left to others', async () => {
  const { pacer, asked } = pacerOf([700]);
  expect(await awaitTurn(pacer, 'key', pace, { withinMs: 500, signal })).toBe(700);
  // Most of the burst is left for what comes late.
  expect(asked).toEqual([['key', { perMinute: 60_000, burst: 2 }, 500]]);
});

test('a turn that one comes to too late is let go, and one of them is used in the end', async () => {
  const { pacer, asked } = pacerOf([], 20);
  expect(await awaitTurn(pacer, 'key', pace, { withinMs: 500, signal })).toBe(0);
  expect(asked).toHaveLength(5);
});

test('a turn that was taken before the platform refused another is void', async () => {
  const { pacer, asked } = pacerOf([0, 900], 0, [900]);
  expect(await awaitTurn(pacer, 'key', pace, { withinMs: 500, signal })).toBe(900);
  expect(asked).toHaveLength(2);
});

test('waiting ends with the signal', async () => {
  const { pacer } = pacerOf([60_000]);
  const ending = new AbortController();
  const waiting = awaitTurn(pacer, 'key', pace, { withinMs: 60_000, signal: ending.signal });
  ending.abort(new Error('cancelled'));
  await expect(waiting).rejects.toMatchObject({ cause: { message: 'cancelled' } });
});
