import DataLoader from 'dataloader';

/**
 * Do for many at once what is asked for one by one within a moment: one round trip instead of many.
 *
 * @param doAll gives a result, or why there is none, for each of what was asked, in order.
 * @param momentMs long enough to gather what happens at once, too short to be noticed.
 */
export function together<Asked, Result>(
  doAll: (asked: readonly Asked[]) => Promise<(Result | Error)[]>,
  momentMs = 2,
): (asked: Asked) => Promise<Result> {
  const loader = new DataLoader<Asked, Result>(doAll, {
    cache: false,
    maxBatchSize: 1000,
    batchScheduleFn: (go) => void setTimeout(go, momentMs),
  });
  return (asked) => loader.load(asked);
}
