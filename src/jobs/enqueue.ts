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
      const run = em.create(JobRun, {
        organizationId: owner.organizationId,
        clientId: owner.clientId,
        name: job.name,
        queue: job.queue,
        payload: job.payload.parse(payload),
        payloadVersion: job.payloadVersion ?? 1,
        maxAttempts: job.attempts,
        ...(owner.priority !== undefined && { priority: owner.priority }),
        requestedBy: owner.requestedBy ?? null,
        requestId: owner.requestId ?? null,
        traceparent,
      });
      await em.flush();
      jobRunIds.push(run.id);
      return run.id;
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
    for (const run of runs) {
      const delivery = { id: lastDeliveryId(run), jobRunId: run.id };
      const delayMs = Math.ceil(run.delay_ms);
      await tracing.step(sending(run), () => queue.send(run.queue, run.name, delivery, delayMs));
      log.debug({ ...delivery, delayMs }, 'job sent');
    }
  } catch (error) {
    log.error({ err: error, jobRunIds: ids }, 'jobs not sent; the sweeper will');
  }
}

/** The queue's id of a run's latest delivery. */
export function lastDeliveryId({ name, id, delivery }: SentRow | JobRunRow): string {
  return `${name}-${id}-${delivery}`;
}

/** Sent by whomever, the sweeper included, a run's delivery is part of the trace that it was made in. */
function sending(run: SentRow): Step {
  return {
    name: `send ${run.queue}`,
    kind: 'PRODUCER',
    attributes: { ...describeDelivery(run, 'send'), 'messaging.message.id': lastDeliveryId(run) },
    parent: run.traceparent ?? undefined,
  };
}

/** What a trace says of a run's delivery. */
export function describeDelivery(
  run: Pick<JobRunRow, 'id' | 'name' | 'queue'>,
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
