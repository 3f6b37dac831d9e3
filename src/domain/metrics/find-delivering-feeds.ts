import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { addDays, type DateRange } from '../calendar.ts';
import type { MediaLevel } from '../media/levels.ts';
import { factsOf } from './facts-of.ts';

/** How long before a range a feed may have delivered last, and still be expected to. */
const patienceDays = 90;

/** The feeds that are expected to deliver to each of many nodes in a range: those that did, then or lately. */
export async function findDeliveringFeeds(
  em: EntityManager,
  level: MediaLevel,
  ids: readonly string[],
  { from, to }: DateRange,
): Promise<Map<string, string[]>> {
  const rows = await em.execute<{ id: string; feed_id: string }[]>(
    `select distinct e.id, f.feed_id from ${factsOf(level).sql}`,
    [arrayLiteral(ids), addDays(from, -patienceDays), to],
  );
  const byNode = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { id, feed_id: feedId } of rows) byNode.get(id)?.push(feedId);
  return byNode;
}
