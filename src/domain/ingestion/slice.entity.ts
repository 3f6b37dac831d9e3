import { defineEntity, p } from '@mikro-orm/core';

const sliceStatuses = ['APPLIED', 'HELD', 'MISSING', 'FAILED', 'ARCHIVED'] as const;

const schema = defineEntity({
  name: 'Slice',
  tableName: 'slices',
  properties: {
    feedId: p.uuid().primary(),
    date: p.date().primary(),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    status: p.enum(sliceStatuses),
    reason: p.text().strictNullable(),
    version: p.integer().default(0),
    sourcePosition: p.datetime().strictNullable(),
    objectIds: p
      .array()
      .columnType('uuid[]')
      .onCreate(() => []),
    /** Objects that somebody decided against. */
    passedOver: p
      .array()
      .columnType('uuid[]')
      .onCreate(() => []),
    rowCount: p.integer().default(0),
    impressions: p.bigint('number').default(0),
    runSliceId: p.uuid().strictNullable(),
    updatedAt: p.datetime().onCreate(() => new Date()),
  },
});

/** The truth about one day of one feed: which version is in force and what it was built from. */
export class Slice extends schema.class {}
schema.setClass(Slice);
