import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { SummaryTimes } from '../summary/summary-settings.ts';

export const clientKinds = ['AGENCY_CLIENT', 'INDIVIDUAL'] as const;
export const clientStatuses = ['ACTIVE', 'DISABLED', 'ARCHIVED'] as const;
export type ClientStatus = (typeof clientStatuses)[number];

const schema = defineEntity({
  name: 'Client',
  tableName: 'clients',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    name: p.text(),
    kind: p.enum(clientKinds),
    status: p.enum(clientStatuses).default('ACTIVE'),
    timeZone: p.text(),
    currency: p.text(),
    /** Where its summaries are made in another way than its organization says. */
    summarySchedule: p.json<SummaryTimes>().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** An advertiser that the organization reports for. */
export class Client extends schema.class {}
schema.setClass(Client);
