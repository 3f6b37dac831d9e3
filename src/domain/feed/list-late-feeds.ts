import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';

/** A feed of an active client whose data ends earlier than it should by now. */
export interface LateFeed {
  id: string;
  name: string;
  client: string;
  /** The last day with data; null where there never was any. */
  latest: LocalDate | null;
  daysBehind: number;
}

/**
 * Feeds whose data ends before yesterday, the latest first; not those that are uploaded to, or paused.
 *
 * @param patienceDays how far behind yesterday is still in order: a day's file comes in the morning after it.
 */
export async function listLateFeeds(em: EntityManager, patienceDays: number): Promise<LateFeed[]> {
  return em.execute<LateFeed[]>(
    `select f.id, f.name, c.name as client, data.latest, due.yesterday - coalesce(data.latest, due.first) as "daysBehind"
     from feeds f
     join clients c on c.id = f.client_id and c.status = 'ACTIVE'
     cross join lateral (
       select (now() at time zone f.time_zone)::date - 1 as yesterday,
         (f.created_at at time zone f.time_zone)::date - 1 as first
     ) due
     cross join lateral (select max(date) as latest from slices where feed_id = f.id and version > 0) data
     where f.origin <> 'UPLOAD' and not exists (select from schedules p where p.feed_id = f.id and not p.enabled)
       and due.yesterday - coalesce(data.latest, due.first) > ?
     order by "daysBehind" desc, f.id`,
    [patienceDays],
  );
}
