import type { Alert } from '../domain/alert/alert.entity.ts';
import { type WatchOptions, watch } from './watch.ts';

interface AlertWatchOptions extends WatchOptions {
  organizationId: string;
  /** Read the alerts that are open, and those of some ids, as the watcher may see them. */
  read(ids: string[]): Promise<Alert[]>;
}

/**
 * The open alerts, and then those that changed since: that began, were acknowledged, snoozed, grew worse or ended.
 *
 * That one was seen once more is no change. One that began and ended before it was looked at is not told.
 *
 * @throws {DomainError} where the watcher may not see them (any more).
 */
export function watchAlerts({
  organizationId,
  read,
  ...options
}: AlertWatchOptions): AsyncGenerator<Alert[]> {
  /** How each open one was told last; null before the first look. */
  let told: Map<string, string> | null = null;
  const concerns: Parameters<typeof watch>[1] = (notice) =>
    'alertsOf' in notice && notice.alertsOf === organizationId;
  return watch(options, concerns, async () => {
    const before = told;
    const alerts = await read([...(before?.keys() ?? [])]);
    const changed = alerts.filter((alert) => before?.get(alert.id) !== stateOf(alert));
    const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
    told = new Map(open.map((alert) => [alert.id, stateOf(alert)]));
    return { news: before === null || changed.length > 0 ? changed : null, isLast: false };
  });
}

function stateOf({
  severity,
  message,
  acknowledgedAt,
  note,
  snoozedUntil,
  resolvedAt,
}: Alert): string {
  return JSON.stringify([severity, message, acknowledgedAt, note, snoozedUntil, resolvedAt]);
}
