import { badInput } from '../errors.ts';
import type { FeedOrigin } from './feed.entity.ts';

/** Sources that can be fed: how, unless a feed says otherwise, and the hour at which the day before is there, `HH:mm`. */
export type KnownSources = ReadonlyMap<string, { dailyAt: string; origin: FeedOrigin }>;

/** @returns what is known of a source. @throws {DomainError} BAD_USER_INPUT naming those that there are. */
export function findSource<T>(sources: ReadonlyMap<string, T>, source: string): T {
  const known = sources.get(source);
  if (!known) {
    const names = [...sources.keys()].join(', ');
    throw badInput(`"${source}" is not a source; there are: ${names}.`, 'source');
  }
  return known;
}
