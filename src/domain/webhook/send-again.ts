import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found, tooOften } from '../errors.ts';
import { toGlobalId } from '../global-id.ts';
import { Webhook } from './webhook.entity.ts';
import { WebhookDelivery } from './webhook-delivery.entity.ts';
import { writePayload } from './write-payload.ts';

/** A receiver is somebody else's: it is tested so often in a minute. */
const mostTests = 10;
const minute = 60_000;

/**
 * Queue a delivery that tells nothing, to find out whether a receiver takes it.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT of a webhook that is switched off; RATE_LIMITED.
 */
export async function testWebhook(
  em: EntityManager,
  actor: Actor,
  webhookId: string,
): Promise<WebhookDelivery> {
  const webhook = found(await em.findOne(Webhook, webhookId), 'webhook');
  refuseSwitchedOff(webhook);
  const { id, name, organizationId, clientId } = webhook;
  await em.execute('select from webhooks where id = ? for no key update', [id]);
  const [recent] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from webhook_deliveries
     where webhook_id = ? and event = 'TEST' and created_at > now() - interval '1 minute'`,
    [id],
  );
  if ((recent?.count ?? 0) >= mostTests) throw tooOften('tests of this webhook', minute);
  const data = { webhook: { id: toGlobalId('Webhook', id), name } };
  const payload = writePayload('TEST', await databaseNow(em), data);
  const delivery = em.create(WebhookDelivery, {
    ...{ organizationId, webhookId, clientId, alertId: null, event: 'TEST', payload },
  });
  record(em, actor, 'TEST', delivery);
  await em.flush();
  return delivery;
}

/**
 * Have a delivery that was given up sent again, under its own id.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT for one that was not given up, and of a webhook that is switched off.
 */
export async function redeliver(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<WebhookDelivery> {
  const delivery = found(await em.findOne(WebhookDelivery, id), 'delivery');
  refuseSwitchedOff(await em.findOneOrFail(Webhook, delivery.webhookId));
  if (!(await reopenDelivery(em, id))) {
    throw new DomainError('CONFLICT', 'Only what was given up is sent again.');
  }
  record(em, actor, 'REDELIVER', delivery);
  await em.flush();
  await em.refresh(delivery);
  return delivery;
}

/** Make a delivery that was given up one that is to be made. @returns whether it was one. */
export async function reopenDelivery(em: EntityManager, id: string): Promise<boolean> {
  const reopened = await em.execute<object[]>(
    `update webhook_deliveries set status = 'PENDING', attempts = 0, ended_at = null
     where id = ? and status = 'DEAD' returning 1`,
    [id],
  );
  return reopened.length > 0;
}

function refuseSwitchedOff({ active }: Webhook): void {
  if (!active)
    throw new DomainError('CONFLICT', 'The webhook is switched off: switch it on first.');
}

function record(em: EntityManager, actor: Actor, action: string, delivery: WebhookDelivery): void {
  const { id, webhookId, event } = delivery;
  const entity = { entityType: 'WebhookDelivery', entityId: id };
  recordChange(em, actor, { action, ...entity, before: null, after: { webhookId, event } });
}
