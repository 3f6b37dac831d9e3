import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import type { NodeLevel } from '../media/levels.ts';
import { factsOf } from './facts-of.ts';
import { type FactSums, gatherTotals, sumColumns, type Totals } from './totals.ts';

/** Sum the facts of a node on one day by the feed that they come from. @returns totals of feeds that have rows. */
export async function sumByFeed(
  em: EntityManager,
  group: NodeLevel,
  id: string,
  date: LocalDate,
): Promise<Map<string, Totals>> {
  const { sql, reported } = factsOf(group);
  const rows = await em.execute<(FactSums & { feed_id: string })[]>(
    `select f.feed_id, ${sumColumns} from ${sql} group by f.feed_id, ${reported}`,
    [arrayLiteral([id]), date, date],
  );
  return gatherTotals(rows, (row) => row.feed_id);
}
