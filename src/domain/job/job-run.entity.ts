import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';

export const jobStatuses = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Whether a job has ended, one way or another. */
export function hasEnded(status: JobStatus): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING';
}

const schema = defineEntity({
  name: 'JobRun',
  tableName: 'job_runs',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid().strictNullable(),
    name: p.text(),
    queue: p.text(),
    payload: p.json<object>(),
    status: p.enum(jobStatuses).default('QUEUED'),
    /** Raised by each claim: a worker whose number is no longer this one may not write. */
    fence: p.integer().default(0),
    /** How often it was taken up; one that was handed back unharmed does not count. */
    attempt: p.integer().default(0),
    /** Attempts that failed by themselves; `maxAttempts` of them end the run. */
    failures: p.integer().default(0),
    maxAttempts: p.integer(),
    /** How often a worker was lost while it ran this, since an attempt last ended by itself. */
    deaths: p.integer().default(0),
    /** Of the organization's own jobs the higher goes first; 0 to 10. */
    priority: p.smallint().default(5),
    payloadVersion: p.integer().default(1),
    /** How often the queue was given this run; each time under a new id, since it ignores one it has seen. */
    delivery: p.integer().default(0),
    /** By the database's clock, as all times of a job are: processes' clocks differ. */
    runAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    sentAt: p.datetime().strictNullable(),
    leaseUntil: p.datetime().strictNullable(),
    worker: p.text().strictNullable(),
    claimedAt: p.datetime().strictNullable(),
    stage: p.text().strictNullable(),
    done: p.bigint('number').strictNullable(),
    total: p.bigint('number').strictNullable(),
    /** Raised by every visible change, so that readers can drop what is older. */
    sequence: p.bigint('number').default(0),
    cancelRequestedAt: p.datetime().strictNullable(),
    errorCode: p.text().strictNullable(),
    errorMessage: p.text().strictNullable(),
    requestedBy: p.uuid().strictNullable(),
    requestId: p.text().strictNullable(),
    /** Where in a trace it was made (W3C), for its attempts to go on from. */
    traceparent: p.text().strictNullable(),
    createdAt: p.datetime().defaultRaw(`date_trunc('milliseconds', now())`),
    startedAt: p.datetime().strictNullable(),
    finishedAt: p.datetime().strictNullable(),
  },
});

/** One job's life, from the transaction that caused it to its end. */
export class JobRun extends schema.class {}
schema.setClass(JobRun);
