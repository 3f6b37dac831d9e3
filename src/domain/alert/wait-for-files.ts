import type { EntityManager } from '@mikro-orm/postgresql';
import type { Feed } from '../feed/feed.entity.ts';

/** How often a bucket is looked into for a file that is late. A report costs of a budget: it is asked for once more. */
const everyMinutes = 30;

/** Have a feed's next turn come soon, while files of it are late and may still come. @param until when each is given up. */
export async function waitForFiles(em: EntityManager, feed: Feed, until: Date[]): Promise<void> {
  if (until.length === 0) return;
  const first = new Date(Math.min(...until.map((each) => each.getTime()))).toISOString();
  await em.execute(
    `update schedules set next_run_at = least(next_run_at, ?::timestamptz,
       case when ? then now() + ? * interval '1 minute' end)
     where feed_id = ? and enabled`,
    [first, feed.origin === 'BUCKET', everyMinutes, feed.id],
  );
}
