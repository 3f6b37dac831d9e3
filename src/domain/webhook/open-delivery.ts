import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { toGlobalId } from '../global-id.ts';
import { endDelivery } from './end-delivery.ts';
import { Webhook } from './webhook.entity.ts';
import { WebhookDelivery } from './webhook-delivery.entity.ts';
import { signWith } from './webhook-secret.ts';

/** A request as it is to be made. */
export interface SignedRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Make ready what a receiver is told, signed as of now. Its id is the same each time, and so is its body.
 *
 * @returns null where nothing is to be sent any more. What its webhook, being switched off, is not told is given up.
 */
export async function openDelivery(
  em: EntityManager,
  cipher: Pick<FieldCipher, 'decrypt'>,
  deliveryId: string,
): Promise<SignedRequest | null> {
  const delivery = await em.findOne(WebhookDelivery, { id: deliveryId, status: 'PENDING' });
  if (!delivery) return null;
  const webhook = await em.findOneOrFail(Webhook, delivery.webhookId);
  if (!webhook.active) {
    await endDelivery(em, deliveryId, 'The webhook is switched off.');
    return null;
  }
  const now = await databaseNow(em);
  const signed = {
    id: toGlobalId('WebhookDelivery', delivery.id),
    timestamp: Math.floor(now.getTime() / 1000),
    body: delivery.payload,
  };
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Mediagraph-Webhooks',
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signWith(secretsOf(webhook, cipher, now), signed),
  };
  return { url: webhook.url, headers, body: signed.body };
}

function secretsOf(webhook: Webhook, cipher: Pick<FieldCipher, 'decrypt'>, now: Date): string[] {
  const { secretCiphertext, previousSecretCiphertext, previousSecretUntil } = webhook;
  const isOverlapping = previousSecretUntil !== null && previousSecretUntil > now;
  const previous = isOverlapping ? previousSecretCiphertext : null;
  return [secretCiphertext, ...(previous === null ? [] : [previous])].map((each) =>
    cipher.decrypt(each),
  );
}
