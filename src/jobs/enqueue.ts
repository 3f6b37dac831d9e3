import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../domain/array-literal.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import type { JobDatabase } from './database.ts';
import type { AddJob } from './define-job.ts';
import type { Log } from './log.ts';
import type { QueueBackend } from './queue-backend.ts';
import type { Step, StepAttributes, Tracing } from './tracing.ts';

/** Collects the runs that a transaction makes, to be sent once it has committed. */
export interface Outbox {
  add: AddJob;
  /** Ids of the runs added. */
  jobRunIds: string[];
}

/**
 * An outbox of one transaction. The runs are rows of that transaction: they exist exactly if it commits.
 *
 * @param traceparent the position of the trace that the runs belong to.
 */
export function openOutbox(em: EntityManager, traceparent: string | null = null): Outbox {
  const jobRunIds: string[] = [];
  return {
    jobRunIds,
    async add(job, payload, owner) {
      const id = randomUUID();
      em.create(JobRun, {
        id,
        organizationId: owner.organizationId,
        clientId: owner.clientId,
        name: job.name,
        queue: job.queue,
        payload: job.payload.parse(payload),
        payloadVersion: job.payloadVersion ?? 1,
        maxAttempts: job.attempts,
        ...(owner.priority !== undefined && { priority: owner.priority }),
        ...(owner.runAt && { runAt: owner.runAt }),
        requestedBy: owner.requestedBy ?? null,
        requestId: owner.requestId ?? null,
        traceparent,
      });
      jobRunIds.push(id);
      return id;
    },
  };
}

/** A run as the SECURITY DEFINER functions return it. */
export interface JobRunRow {
  id: string;
  organization_id: string;
  client_id: string | null;
  name: string;
  queue: string;
  delivery: number;
  status: string;
  sequence: string;
  traceparent: string | null;
}

/** A run that was marked sent, as the queue must be told of it. */
interface SentRow {
  id: string;
  name: string;
  queue: string;
  delivery: number;
  delay_ms: number;
  traceparent: string | null;
}

export interface Sender {
  database: JobDatabase;
  queue: QueueBackend;
  tracing: Tracing;
  log: Log;
}

/**
 * Hand runs to the queue. A failure is logged, not thrown: the runs are committed, and the sweeper sends
 * what was not sent.
 */
export async function sendJobRuns(sender: Sender, ids: string[]): Promise<void> {
  const { database, queue, tracing, log } = sender;
  if (ids.length === 0) return;
  try {
    const runs = await database.call<SentRow>('mark_job_runs_sent', arrayLiteral(ids));
    const batches = new Map<string, SentRow[]>();
    for (const run of runs) {
      const key = `${run.queue} ${run.traceparent}`;
      batches.set(key, [...(batches.get(key) ?? []), run]);
    }
    for (const batch of batches.values()) {
      const [first] = batch as [SentRow];
      const deliveries = batch.map((run) => ({
        id: lastDeliveryId(run),
        jobRunId: run.id,
        name: run.name,
        delayMs: Math.ceil(run.delay_ms),
      }));
      await tracing.step(sending(first, batch.length), () => queue.send(first.queue, deliveries));
      log.debug({ queue: first.queue, deliveries }, 'jobs sent');
    }
  } catch (error) {
    log.error({ err: error, jobRunIds: ids }, 'jobs not sent; the sweeper will');
  }
}

/** The queue's id of a run's latest delivery. */
export function lastDeliveryId({ name, id, delivery }: SentRow | JobRunRow): string {
  return `${name}-${id}-${delivery}`;
}

/** Sent by whomever, the sweeper included, deliveries are part of the trace that their runs were made in. */
function sending(run: SentRow, count: number): Step {
  return {
    name: `send ${run.queue}`,
    kind: 'PRODUCER',
    attributes: {
      ...describeDelivery(run, 'send'),
      ...(count > 1
        ? { 'messaging.batch.message_count': count }
        : { 'messaging.message.id': lastDeliveryId(run) }),
    },
    parent: run.traceparent ?? undefined,
  };
}

/** What a trace says of a run's delivery. */
export function describeDelivery(
  run: { id: string; name: string; queue: string },
  operation: 'send' | 'process',
): StepAttributes {
  return {
    'messaging.system': 'bullmq',
    'messaging.destination.name': run.queue,
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
    'mediagraph.job.name': run.name,
    'mediagraph.job_run.id': run.id,
  };
}
