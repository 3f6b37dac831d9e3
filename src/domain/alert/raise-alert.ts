import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Feed } from '../feed/feed.entity.ts';
import { storableText } from '../storable-text.ts';
import type { AlertKind, AlertSeverity } from './alert.entity.ts';

/** What is wrong with a feed, or with one of its days. */
export interface Trouble {
  kind: Exclude<AlertKind, 'RULE'>;
  date?: LocalDate;
  message: string;
}

const longestMessage = 1_000;

/** Whether figures are missing, or only in doubt. */
const severities: Record<Trouble['kind'], AlertSeverity> = {
  FAILED_RUN: 'CRITICAL',
  MISSING_FILE: 'CRITICAL',
  CREDENTIAL_REFUSED: 'CRITICAL',
  HELD_RUN: 'WARNING',
  FEW_IMPRESSIONS: 'WARNING',
  VALIDATION_ERRORS: 'WARNING',
};

/**
 * Keep a trouble: as one more sight of the alert that is open for it, or else as a new one. While the last one is snoozed,
 * a new one is, too.
 *
 * @returns whether it begins.
 */
export async function raiseAlert(
  em: EntityManager,
  feed: Feed,
  runId: string,
  { kind, date, message }: Trouble,
): Promise<boolean> {
  const { id, organizationId, clientId } = feed;
  const [row] = await em.execute<{ begins: boolean }[]>(
    `insert into alerts (organization_id, client_id, feed_id, run_id, kind, severity, date, message, snoozed_until)
     select ?, ?, ?, ?, ?, ?, ?, ?, (
       select max(snoozed_until) from alerts where feed_id = ? and kind = ? and snoozed_until > now()
     )
     on conflict (feed_id, kind, date) where resolved_at is null and rule_id is null do update
       set run_id = excluded.run_id, message = excluded.message, last_seen_at = now(), count = alerts.count + 1
     returning count = 1 as begins`,
    [
      ...[organizationId, clientId, id, runId, kind, severities[kind], date ?? null],
      ...[storableText(message.slice(0, longestMessage)), id, kind],
    ],
  );
  return row?.begins ?? false;
}
