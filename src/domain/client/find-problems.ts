import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import { behindAfterHours } from '../health/limits.ts';

/** What can be wrong with a client's data. */
export const problemKinds = ['BEHIND', 'HELD', 'FAILED', 'MISSING'] as const;

/** What is wrong with the data of one of a client's feeds. */
export interface Problem {
  clientId: string;
  feedId: string;
  kind: (typeof problemKinds)[number];
  /** How many days are concerned, and the first of them; of a feed that is behind, the last with data. */
  days: number;
  date: LocalDate | null;
}

/** How far back a day without data is still a problem, and not history. */
const recentDays = 14;

/**
 * What is wrong with the data of active clients, by client, the worst first: feeds that are behind, and recent
 * days of which the last attempt was held, failed, or found no file.
 */
export async function findProblems(
  em: EntityManager,
  clientIds: readonly string[],
): Promise<Map<string, Problem[]>> {
  const rows = await em.execute<Problem[]>(
    `select "clientId", "feedId", kind, days, date from (
       select f.client_id as "clientId", f.id as "feedId", 'BEHIND' as kind,
         greatest(1, floor(extract(epoch from l.lag) / 86400))::int as days,
         (select max(date) from slices s where s.feed_id = f.id and s.version > 0) as date
       from feeds f join feed_lags l on l.feed_id = f.id
       where f.client_id = any (?::uuid[]) and l.lag > ? * interval '1 hour'
       union all
       select f.client_id, f.id, latest.status, count(*)::int, min(latest.date)
       from feeds f
       join clients c on c.id = f.client_id and c.status = 'ACTIVE'
       cross join lateral (
         select distinct on (s.date) s.date, s.status from run_slices s
         where s.feed_id = f.id and s.finished_at is not null
           and s.date >= (now() at time zone f.time_zone)::date - ?
         order by s.date, s.finished_at desc
       ) latest
       where f.client_id = any (?::uuid[]) and latest.status in ('HELD', 'FAILED', 'MISSING')
       group by 1, 2, 3
     ) problems
     order by "clientId", array_position(?::text[], kind), days desc, "feedId"`,
    [
      ...[arrayLiteral(clientIds), behindAfterHours],
      ...[recentDays, arrayLiteral(clientIds), arrayLiteral(problemKinds)],
    ],
  );
  const byClient = new Map<string, Problem[]>(clientIds.map((id) => [id, []]));
  for (const problem of rows) byClient.get(problem.clientId)?.push(problem);
  return byClient;
}
