import { setTimeout } from 'node:timers/promises';
import type { Pace, Pacer } from '../domain/pacer.ts';

/** Tries after which a turn is used however late: a process that is always late would else never ask. */
const mostTries = 5;

/**
 * Wait for a turn, where it comes soon.
 *
 * The other side counts when requests arrive, and they arrive late: by the network, and by whatever this process does
 * meanwhile. So most of the burst is left for that, and a turn that this process comes to too late is let go, since
 * several at once would be refused.
 *
 * @param withinMs how long to wait here; a turn that is farther off is left to others.
 * @returns 0 when it is the caller's turn, at once; else in how many milliseconds to come again.
 * @throws {AbortError} once the signal is aborted.
 */
export async function awaitTurn(
  pacer: Pacer,
  key: string,
  { perMinute, burst }: Pace,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<number> {
  const pace = { perMinute, burst: Math.ceil(burst / 5) };
  const slackMs = ((burst - pace.burst) / 3) * (60_000 / perMinute);
  for (let tries = 1; ; tries += 1) {
    const askedAt = performance.now();
    const waitMs = await pacer.take(key, pace, withinMs);
    if (waitMs > withinMs) return waitMs;
    if (waitMs > 0) await setTimeout(waitMs, undefined, { signal });
    // Whoever was refused meanwhile was so for all: the next take tells until when.
    if (pacer.heldMs(key) > 0) continue;
    const lateMs = performance.now() - askedAt - waitMs;
    if (lateMs <= slackMs || tries >= mostTries) return 0;
  }
}
