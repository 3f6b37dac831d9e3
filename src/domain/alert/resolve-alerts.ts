import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import type { AlertKind } from './alert.entity.ts';

/** End the open alerts of some feeds whose trouble is over. @param dates only those about these days. */
export async function resolveAlerts(
  em: EntityManager,
  feedIds: readonly string[],
  kind: AlertKind,
  dates: readonly LocalDate[] | null = null,
): Promise<void> {
  const days = dates && arrayLiteral(dates);
  await em.execute(
    `update alerts set resolved_at = now()
     where feed_id = any (?::uuid[]) and kind = ? and resolved_at is null
       and (?::date[] is null or date = any (?::date[]))`,
    [arrayLiteral(feedIds), kind, days, days],
  );
}
