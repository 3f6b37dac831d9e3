import type { EntityManager } from '@mikro-orm/postgresql';
import { type Finding, judge } from './component.ts';
import { behindAfterHours } from './limits.ts';

/**
 * How late the latest of the active clients' feeds is, in hours since its first day not loaded ended in its
 * zone; DEGRADED when one is behind.
 */
export async function checkFeeds(em: EntityManager): Promise<Finding> {
  const [row] = await em.execute<{ feeds: number; behind: number; hours: number }[]>(
    `select count(*)::int as feeds,
       count(*) filter (where lag > ? * interval '1 hour')::int as behind,
       coalesce(greatest(0, extract(epoch from max(lag)) / 3600), 0)::float8 as hours
     from feed_lags`,
    [behindAfterHours],
  );
  const { feeds, behind, hours } = row ?? { feeds: 0, behind: 0, hours: 0 };
  const finding = judge(hours, 'HOURS', { limit: behindAfterHours });
  const message = behind === 0 ? null : `${behind} of ${feeds} feeds are behind.`;
  return { ...finding, affected: behind, message };
}
