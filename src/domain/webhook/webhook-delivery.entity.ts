import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { webhookEvents } from './webhook.entity.ts';

/** TEST: somebody wants to know whether the receiver takes anything. */
export const deliveryEvents = [...webhookEvents, 'TEST'] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];

/** DEAD: it was given up. */
export const deliveryStatuses = ['PENDING', 'DELIVERED', 'DEAD'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const schema = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  properties: {
    /** By which the receiver knows what it was told already. */
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    webhookId: p.uuid(),
    /** The alert's client; the webhook's where it tests. */
    clientId: p.uuid().strictNullable(),
    alertId: p.uuid().strictNullable(),
    event: p.enum(deliveryEvents),
    /** The body, as it is sent each time: JSON. */
    payload: p.text(),
    status: p.enum(deliveryStatuses).default('PENDING'),
    attempts: p.integer().default(0),
    /** What the receiver last answered; null where it did not. */
    lastStatus: p.integer().strictNullable(),
    lastError: p.text().strictNullable(),
    nextAttemptAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    endedAt: p.datetime().strictNullable(),
  },
});

/** One thing that one receiver is told, however often it is tried. */
export class WebhookDelivery extends schema.class {}
schema.setClass(WebhookDelivery);
