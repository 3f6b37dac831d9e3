import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const backfillStatuses = ['RUNNING', 'PAUSED', 'CANCELLED', 'FINISHED'] as const;

const schema = defineEntity({
  name: 'Backfill',
  tableName: 'backfills',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    fromDate: p.date(),
    toDate: p.date(),
    /** Days of each of its runs, the last of which may have fewer. */
    chunkDays: p.integer(),
    /** Days that were loaded before, or that another run is loading. */
    daysSkipped: p.integer().default(0),
    requestedBy: p.uuid().strictNullable(),
    pausedAt: p.datetime().strictNullable(),
    cancelledAt: p.datetime().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
  },
});

/** Past days of a feed that are to be loaded, by a run for each chunk. */
export class Backfill extends schema.class {}
schema.setClass(Backfill);
