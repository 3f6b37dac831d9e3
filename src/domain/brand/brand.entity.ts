import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'Brand',
  tableName: 'brands',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    /** Whether it is the client's own; else it is a competitor's. */
    isOwn: p.boolean(),
    name: p.text(),
    /** What else it is called. */
    aliases: p.array().$type<string[]>(),
    /** Registrable or not, such as `shop.example`; what is below it counts as well. */
    domains: p.array().$type<string[]>(),
    /** Words near it that tell it from the common word that it also is. */
    contextWords: p.array().$type<string[]>(),
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
  },
});

/** A brand that answers are searched for: a client's own, or a competitor's. */
export class Brand extends schema.class {}
schema.setClass(Brand);
