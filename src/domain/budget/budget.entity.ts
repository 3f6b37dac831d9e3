import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { DateRange } from '../calendar.ts';

const schema = defineEntity({
  name: 'Budget',
  tableName: 'budgets',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    campaignId: p.uuid().strictNullable(),
    amount: p.decimal().precision(20).scale(6),
    fromDate: p.date(),
    toDate: p.date(),
    /** The days of it on which ads are to run, in order; all where there are none. */
    flights: p.json<DateRange[]>(),
    /** From then on it counts for nothing. */
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What a client, or one of its campaigns, is to spend from `fromDate` to `toDate`, in the client's currency. */
export class Budget extends schema.class {}
schema.setClass(Budget);
