import type { Alert } from '../alert/alert.entity.ts';
import { toGlobalId } from '../global-id.ts';
import type { DeliveryEvent } from './webhook-delivery.entity.ts';

/** An alert with the names of what it is about, as SQL reads it. */
export interface ToldAlert
  extends Pick<Alert, 'id' | 'kind' | 'severity' | 'date' | 'message' | 'count'> {
  client_id: string;
  client: string;
  feed_id: string | null;
  feed: string | null;
  rule_id: string | null;
  rule: string | null;
  first_seen_at: string;
  resolved_at: string | null;
}

const types: Record<DeliveryEvent, string> = {
  ALERT_BEGAN: 'alert.began',
  ALERT_ENDED: 'alert.ended',
  TEST: 'test',
};

/**
 * What a receiver is told, in JSON: `type`, `timestamp` and `data`. Ids are the graph's.
 *
 * Source: the Standard Webhooks specification, payload structure.
 */
export function writePayload(event: DeliveryEvent, at: Date, data: object): string {
  return JSON.stringify({ type: types[event], timestamp: at.toISOString(), data });
}

/** The `data` of what happened to an alert. */
export function describeAlert(alert: ToldAlert): object {
  const named = (type: string, id: string | null, name: string | null) =>
    id === null ? null : { id: toGlobalId(type, id), name };
  const { kind, severity, date, message, count } = alert;
  return {
    alert: {
      ...{ id: toGlobalId('Alert', alert.id), kind, severity, date, message, count },
      beganAt: new Date(alert.first_seen_at).toISOString(),
      endedAt: alert.resolved_at && new Date(alert.resolved_at).toISOString(),
      client: named('Client', alert.client_id, alert.client),
      feed: named('Feed', alert.feed_id, alert.feed),
      rule: named('AlertRule', alert.rule_id, alert.rule),
    },
  };
}
