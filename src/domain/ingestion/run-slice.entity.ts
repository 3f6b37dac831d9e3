import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { SliceTotals } from './slice-totals.ts';

export const runSliceStatuses = [
  'PENDING',
  'APPLIED',
  'UNCHANGED',
  'HELD',
  'DISCARDED',
  'SUPERSEDED',
  'MISSING',
  'FAILED',
] as const;
export type RunSliceStatus = (typeof runSliceStatuses)[number];

const schema = defineEntity({
  name: 'RunSlice',
  tableName: 'run_slices',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    runId: p.uuid(),
    date: p.date(),
    status: p.enum(runSliceStatuses).default('PENDING'),
    reason: p.text().strictNullable(),
    objectIds: p
      .array()
      .columnType('uuid[]')
      .onCreate(() => []),
    sourcePosition: p.datetime().strictNullable(),
    /** The slice's version after this run, where it was applied. */
    version: p.integer().strictNullable(),
    rowsRead: p.integer().default(0),
    rowsRejected: p.integer().default(0),
    rowsMerged: p.integer().default(0),
    /** Facts of creatives that the day did not have before, has otherwise, and has no more. */
    rowsInserted: p.integer().default(0),
    rowsUpdated: p.integer().default(0),
    rowsRemoved: p.integer().default(0),
    /** Rows that broke a rule taken as a warning, by rule. */
    warnings: p.json<Record<string, number>>().onCreate(() => ({})),
    /** Columns of its files that were passed over, by their headers. */
    otherColumns: p.array().onCreate(() => []),
    /** What somebody should know of its files, in sentences. */
    remarks: p.array().onCreate(() => []),
    /** The run slice that the day must still be by, for this one to be applied. */
    replacesId: p.uuid().strictNullable(),
    /** The version that the day must still have, for this one to be applied: 0 where it has no data. */
    expectedVersion: p.integer().strictNullable(),
    totalsBefore: p.json<SliceTotals | null>().strictNullable(),
    totalsAfter: p.json<SliceTotals | null>().strictNullable(),
    finishedAt: p.datetime().strictNullable(),
  },
});

/** What one run did to one day of its feed. */
export class RunSlice extends schema.class {}
schema.setClass(RunSlice);
