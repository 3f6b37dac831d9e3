import { setTimeout } from 'node:timers/promises';

const pauseMs = 25;

/**
 * Ask until there is an answer: what brings it about is another process.
 *
 * @param what is waited for, as the error says it.
 * @throws {Error} when it does not come about in time.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await setTimeout(pauseMs);
  }
}
