import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const runTriggers = [
  ...(['MANUAL', 'SCHEDULE', 'APPROVAL', 'BACKFILL'] as const),
  ...(['RETRY', 'REVERT', 'RESUBMISSION', 'UPLOAD'] as const),
] as const;
export type RunTrigger = (typeof runTriggers)[number];
const runOutcomes = ['SUCCEEDED', 'PARTIAL', 'HELD', 'MISSING', 'FAILED', 'DISCARDED'] as const;

/** Runs that load objects which were chosen before, and do not look for others. */
export const chosenTriggers: readonly RunTrigger[] = [
  ...(['APPROVAL', 'REVERT', 'RESUBMISSION', 'UPLOAD'] as const),
];

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
    backfillId: p.uuid().strictNullable(),
    /** The run that this one approves, tries again, reverts or corrects. */
    originRunId: p.uuid().strictNullable(),
    /** When somebody said that it is dealt with, who, and what they noted. */
    resolvedAt: p.datetime().strictNullable(),
    resolvedBy: p.uuid().strictNullable(),
    resolutionNote: p.text().strictNullable(),
    /** Milliseconds spent in each stage, summed over the slices. */
    timings: p.json<Record<string, number>>().onCreate(() => ({})),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** One attempt to load from a feed, over one or more dates. */
export class IngestionRun extends schema.class {}
schema.setClass(IngestionRun);
