import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'RateCard',
  tableName: 'rate_cards',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    source: p.text().strictNullable(),
    campaignId: p.uuid().strictNullable(),
    cpm: p.decimal().precision(12).scale(6),
    effectiveFrom: p.date(),
    effectiveTo: p.date().strictNullable(),
    /** From then on it prices nothing. */
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/**
 * A client's price per 1,000 impressions, in its currency, on the days from `effectiveFrom` to `effectiveTo`, both
 * included: of one campaign, of one source, of one campaign's impressions from one source, or of all.
 */
export class RateCard extends schema.class {}
schema.setClass(RateCard);
