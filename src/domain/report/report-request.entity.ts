import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const reportStates = ['PLANNED', 'CREATING', 'PENDING', 'FETCHED', 'FAILED'] as const;

const schema = defineEntity({
  name: 'ReportRequest',
  tableName: 'report_requests',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    feedId: p.uuid(),
    runId: p.uuid(),
    credentialId: p.uuid().strictNullable(),
    fromDate: p.date(),
    toDate: p.date(),
    state: p.enum(reportStates).default('PLANNED'),
    /** The platform's own id. */
    externalId: p.text().strictNullable(),
    /** When it was last asked for: its data are of no earlier instant. */
    requestedAt: p.datetime().strictNullable(),
    /** How often it was asked for. */
    creations: p.integer().default(0),
    /** How often it was looked at, and not ready. */
    polls: p.integer().default(0),
    /** Calls in a row that were not answered. */
    failures: p.integer().default(0),
    /** Calls in a row that came too often. */
    refusals: p.integer().default(0),
    nextAt: p.datetime().defaultRaw('now()'),
    deadlineAt: p.datetime(),
    error: p.text().strictNullable(),
    objectId: p.uuid().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    endedAt: p.datetime().strictNullable(),
  },
});

/** One report that a platform was asked for, or is to be, for days of a run. */
export class ReportRequest extends schema.class {}
schema.setClass(ReportRequest);
