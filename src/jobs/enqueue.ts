import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../domain/array-literal.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import type { JobDatabase } from './database.ts';
import type { AddJob } from './define-job.ts';
import type { Log } from './log.ts';
import type { QueueBackend } from './queue-backend.ts';

/** Collects the runs that a transaction makes, to be sent once it has committed. */
export interface Outbox {
  add: AddJob;
  /** Ids of the runs added. */
  jobRunIds: string[];
}

/** An outbox of one transaction. The runs are rows of that transaction: they exist exactly if it commits. */
export function openOutbox(em: EntityManager): Outbox {
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
}

/** A run that was marked sent, as the queue must be told of it. */
interface SentRow {
  id: string;
  name: string;
  queue: string;
  delivery: number;
  delay_ms: number;
}

export interface Sender {
  database: JobDatabase;
  queue: QueueBackend;
  log: Log;
}

/**
 * Hand runs to the queue. A failure is logged, not thrown: the runs are committed, and the sweeper sends
 * what was not sent.
 */
export async function sendJobRuns({ database, queue, log }: Sender, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    const runs = await database.call<SentRow>('mark_job_runs_sent', arrayLiteral(ids));
    for (const run of runs) {
      const delivery = { id: lastDeliveryId(run), jobRunId: run.id };
      const delayMs = Math.ceil(run.delay_ms);
      await queue.send(run.queue, run.name, delivery, delayMs);
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
