/**
 * Wait for an answer for so long and no longer.
 *
 * @param ask is told by its signal when it is waited for no more.
 * @throws {Error} when there is no answer in time.
 */
export async function within<T>(
  deadlineMs: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const waiting = new AbortController();
  const { promise: deadline, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error('No answer in time');
    reject(error);
    waiting.abort(error);
  }, deadlineMs);
  try {
    return await Promise.race([ask(waiting.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
