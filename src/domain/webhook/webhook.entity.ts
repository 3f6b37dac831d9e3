import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

/** What receivers can be told of. */
export const webhookEvents = ['ALERT_BEGAN', 'ALERT_ENDED'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** FAILING: its receiver took nothing for days; GONE: it said that it is no more. */
export const offReasons = ['FAILING', 'GONE'] as const;
export type OffReason = (typeof offReasons)[number];

const schema = defineEntity({
  name: 'Webhook',
  tableName: 'webhooks',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    /** The only client whose alerts it is told of; null for all. */
    clientId: p.uuid().strictNullable(),
    name: p.text(),
    url: p.text(),
    secretCiphertext: p.text(),
    previousSecretCiphertext: p.text().strictNullable(),
    /** Until then what was the secret before signs, too. */
    previousSecretUntil: p.datetime().strictNullable(),
    events: p.array().$type<WebhookEvent[]>(),
    active: p.boolean().default(true),
    /** Since its receiver last took something, where it took nothing of late. */
    failingSince: p.datetime().strictNullable(),
    /** Why it was switched off without anybody asking. */
    offReason: p.enum(offReasons).strictNullable(),
    createdBy: p.uuid().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** A receiver of somebody else that is told of what happens. */
export class Webhook extends schema.class {}
schema.setClass(Webhook);
