import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import { checkWebhook, settingsOf, type WebhookSettings } from './check-webhook.ts';
import type { WebhookReceivers } from './receivers.ts';
import { Webhook } from './webhook.entity.ts';
import { generateSecret } from './webhook-secret.ts';

export interface NewWebhook extends Omit<WebhookSettings, 'active'> {
  /** The only client whose alerts it is told of; all where left out. */
  clientId?: string | null;
  idempotencyKey?: string | null;
}

/** What is null or left out stays. Whose alerts it is told of is its own for good. */
export type WebhookChanges = { [Key in keyof WebhookSettings]?: WebhookSettings[Key] | null };

export interface WebhookServices {
  cipher: Pick<FieldCipher, 'encrypt'>;
  receivers: Pick<WebhookReceivers, 'refusalOf'>;
}

/** A webhook, and its secret where it was just made. */
export interface ShownWebhook {
  webhook: Webhook;
  secret: string | null;
}

/** An organization has at most so many. */
const mostWebhooks = 50;

/**
 * Have a receiver told of what happens from now on.
 *
 * Its secret is stored encrypted and shown this once: a repeated call under one idempotency key cannot show it again.
 *
 * @returns `secret` is null where an earlier call made it.
 * @throws {DomainError} BAD_USER_INPUT; NOT_FOUND (client); CONFLICT (name taken, or one webhook too many).
 */
export async function createWebhook(
  em: EntityManager,
  actor: Actor,
  { cipher, receivers }: WebhookServices,
  { idempotencyKey, ...input }: NewWebhook,
): Promise<ShownWebhook> {
  let shown: string | null = null;
  const call = { operation: 'createWebhook', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const { clientId = null } = input;
    if (clientId !== null) found(await em.findOne(Client, clientId), 'client');
    const settings = checkWebhook(receivers, { ...input, active: true });
    await lockOrganization(em, actor.organizationId);
    if ((await em.count(Webhook)) >= mostWebhooks) {
      throw new DomainError('CONFLICT', `An organization has at most ${mostWebhooks} webhooks.`);
    }
    const secret = generateSecret();
    const webhook = em.create(Webhook, {
      ...settings,
      ...{ organizationId: actor.organizationId, clientId, createdBy: actor.userId },
      secretCiphertext: cipher.encrypt(secret),
    });
    await refuseTakenName(em, webhook);
    record(em, actor, 'CREATE', webhook, null);
    await em.flush();
    shown = secret;
    return webhook.id;
  });
  return { webhook: await em.findOneOrFail(Webhook, id), secret: shown };
}

/**
 * Change a webhook. One that is switched on begins anew, whatever it failed at before.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function updateWebhook(
  em: EntityManager,
  actor: Actor,
  { receivers }: Pick<WebhookServices, 'receivers'>,
  id: string,
  changes: WebhookChanges,
): Promise<Webhook> {
  const webhook = found(await em.findOne(Webhook, id), 'webhook');
  const before = describe(webhook);
  const given = Object.entries(changes).filter(([, value]) => value != null);
  Object.assign(
    webhook,
    checkWebhook(receivers, { ...settingsOf(webhook), ...Object.fromEntries(given) }),
  );
  if (changes.active === true || changes.url != null) {
    Object.assign(webhook, { failingSince: null, offReason: null });
  }
  await refuseTakenName(em, webhook);
  record(em, actor, 'UPDATE', webhook, before);
  await em.flush();
  return webhook;
}

/** Forget a webhook, its secret and its deliveries with it. @throws {DomainError} NOT_FOUND. */
export async function removeWebhook(em: EntityManager, actor: Actor, id: string): Promise<void> {
  const webhook = found(await em.findOne(Webhook, id), 'webhook');
  const entity = { entityType: 'Webhook', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before: describe(webhook), after: null });
  em.remove(webhook);
  await em.flush();
}

async function refuseTakenName(em: EntityManager, { id, name }: Webhook): Promise<void> {
  const [taken] = await em.execute(
    'select from webhooks where lower(name) = lower(?) and id <> ?',
    [name, id],
  );
  if (!taken) return;
  throw new DomainError('CONFLICT', `There is a webhook named "${name}" already.`, {
    fields: ['name'],
  });
}

function describe(webhook: Webhook) {
  return { clientId: webhook.clientId, ...settingsOf(webhook) };
}

function record(
  em: EntityManager,
  actor: Actor,
  action: string,
  webhook: Webhook,
  before: object | null,
): void {
  const entity = { entityType: 'Webhook', entityId: webhook.id };
  recordChange(em, actor, { action, ...entity, before, after: describe(webhook) });
}
