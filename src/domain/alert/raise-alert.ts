import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import { storableText } from '../storable-text.ts';
import type { AlertKind } from './alert.entity.ts';

/** What is wrong with a feed, or with one of its days. */
export interface Trouble {
  kind: AlertKind;
  date?: LocalDate;
  message: string;
}

const longestMessage = 1_000;

/** Keep a trouble: as one more sight of the alert that is open for it, or else as a new one. @returns whether it begins. */
export async function raiseAlert(
  em: EntityManager,
  feed: Feed,
  runId: string,
  { kind, date, message }: Trouble,
): Promise<boolean> {
  const { id, organizationId, clientId } = feed;
  const [row] = await em.execute<{ begins: boolean }[]>(
    `insert into alerts (organization_id, client_id, feed_id, run_id, kind, date, message)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (feed_id, kind, date) where resolved_at is null do update
       set run_id = excluded.run_id, message = excluded.message, last_seen_at = now(), count = alerts.count + 1
     returning count = 1 as begins`,
    [
      ...[organizationId, clientId, id, runId, kind, date ?? null],
      storableText(message.slice(0, longestMessage)),
    ],
  );
  return row?.begins ?? false;
}
