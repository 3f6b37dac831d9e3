import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const runTriggers = ['MANUAL', 'SCHEDULE', 'APPROVAL'] as const;
const runOutcomes = ['SUCCEEDED', 'PARTIAL', 'HELD', 'MISSING', 'FAILED'] as const;

const schema = defineEntity({
  name: 'IngestionRun',
  tableName: 'ingestion_runs',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    jobRunId: p.uuid().strictNullable(),
    trigger: p.enum(runTriggers),
    fromDate: p.date(),
    toDate: p.date(),
    outcome: p.enum(runOutcomes).strictNullable(),
    /** Milliseconds spent in each stage, summed over the slices. */
    timings: p.json<Record<string, number>>().onCreate(() => ({})),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** One attempt to load from a feed, over one or more dates. */
export class IngestionRun extends schema.class {}
schema.setClass(IngestionRun);
