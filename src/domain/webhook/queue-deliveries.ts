import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { Webhook, type WebhookEvent } from './webhook.entity.ts';
import { WebhookDelivery } from './webhook-delivery.entity.ts';
import { describeAlert, type ToldAlert, writePayload } from './write-payload.ts';

/** What of an alert `a` no webhook was told of yet; while it is snoozed nobody is. What began and ended untold stays so. */
const beganUnsent = `a.began_sent_at is null and a.resolved_at is null
  and (a.snoozed_until is null or a.snoozed_until <= now())`;
const endedUnsent =
  'a.began_sent_at is not null and a.ended_sent_at is null and a.resolved_at is not null';

/** Whether there is something to queue deliveries for. */
export async function hasUnsent(em: EntityManager): Promise<boolean> {
  const [found] = await em.execute(
    `select from alerts a where ${beganUnsent} union all select from alerts a where ${endedUnsent} limit 1`,
  );
  return found !== undefined;
}

/** Of each kind at once: a transaction with a job for each webhook of thousands of alerts would never end. */
const mostAlerts = 100;

/**
 * Queue a delivery of some of the alerts that began or ended, for each webhook that wants it: once, whether or not there
 * is any.
 *
 * @param em within a transaction of the organization: two at once queue each once.
 * @returns what was queued, for a job each; null where there is nothing left to tell.
 */
export async function queueDeliveries(
  em: EntityManager,
  most = mostAlerts,
): Promise<WebhookDelivery[] | null> {
  const news = await em.execute<(ToldAlert & { event: WebhookEvent })[]>(
    `with beginning as materialized (
       select a.id from alerts a where ${beganUnsent} limit ? for update
     ), ending as materialized (
       select a.id from alerts a where ${endedUnsent} limit ? for update
     ), began as (
       update alerts set began_sent_at = now() from beginning where alerts.id = beginning.id
       returning alerts.*, 'ALERT_BEGAN' as event
     ), ended as (
       update alerts set ended_sent_at = now() from ending where alerts.id = ending.id
       returning alerts.*, 'ALERT_ENDED' as event
     )
     select t.*, c.name as client, f.name as feed, r.name as rule
     from (select * from began union all select * from ended) t
     join clients c on c.id = t.client_id
     left join feeds f on f.id = t.feed_id left join alert_rules r on r.id = t.rule_id
     order by t.first_seen_at, t.id`,
    [most, most],
  );
  if (news.length === 0) return null;
  const webhooks = await em.find(Webhook, { active: true });
  const now = await databaseNow(em);
  const deliveries = news.flatMap((alert) => {
    const payload = writePayload(alert.event, now, describeAlert(alert));
    return webhooks
      .filter(({ events }) => events.includes(alert.event))
      .filter(({ clientId }) => clientId === null || clientId === alert.client_id)
      .map(({ id: webhookId, organizationId }) =>
        em.create(WebhookDelivery, {
          ...{ organizationId, webhookId, clientId: alert.client_id, alertId: alert.id },
          ...{ event: alert.event, payload },
        }),
      );
  });
  await em.flush();
  return deliveries;
}
