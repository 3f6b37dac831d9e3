import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { startBeating } from './beat.ts';
import { type ClaimedRow, createClaims, createSuccesses } from './claim.ts';
import type { JobDefinition } from './define-job.ts';
import { describeDelivery, sendJobRuns } from './enqueue.ts';
import { createGathering } from './gather.ts';
import type { QueueWorker } from './queue-backend.ts';
import { type AttemptOptions, type RunningAttempt, startAttempt } from './run-attempt.ts';
import { startSweeper } from './sweep.ts';
import type { Step } from './tracing.ts';

export interface WorkerOptions
  extends Omit<AttemptOptions, 'succeed' | 'gatherReads' | 'gatherWrites'> {
  jobs: ReadonlyMap<string, JobDefinition>;
  /** Names of the queues to work on. */
  queues: string[];
  /** Jobs at once, per queue, and of queues that differ. */
  concurrency: number;
  ownConcurrency?: ReadonlyMap<string, number> | undefined;
  /** Of the program. */
  version: string;
  sweepMs: number;
  shutdownMs: number;
  /** Run a job's work with what it logs marked as its own. */
  withLogContext<T>(context: { jobRunId: string; organizationId: string }, fn: () => T): T;
}

export interface Workers {
  /** Finish what is running, or hand it back when that takes too long; then stop. */
  close(): Promise<void>;
}

/** Deliveries that come within a moment are claimed together. Where more jobs run at once, most of them wait anyway. */
const momentMs = 2;
const longMomentMs = 40;
const fewJobs = 100;

/** Work on queues until closed. Any number of processes may do so, on any machines. */
export function runWorkers(options: WorkerOptions): Workers {
  const { database, jobs, log, queues, concurrency, version } = options;
  const host = hostname();
  const name = `${host}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const attempts = {
    ...{ ...options, succeed: createSuccesses(database) },
    gatherReads: createGathering(database, 'READ'),
    gatherWrites: createGathering(database, 'WRITE'),
  };
  const running = new Map<string, RunningAttempt>();

  const takeUp = async (row: ClaimedRow | undefined, deliveredId: string) => {
    const job = row && jobs.get(row.name);
    if (!job) return log.debug({ jobRunId: deliveredId }, 'nothing to take up for a delivery');
    const { id: jobRunId } = row;
    // Another's turn had come: this delivery was used for it, and the run that it named needs a new one.
    if (jobRunId !== deliveredId) await sendJobRuns(options, [deliveredId]);
    await options.announcer.announce({ jobRunId, sequence: row.sequence, isWish: false });
    const logContext = { jobRunId, organizationId: row.organization_id };
    await options.tracing.step(processing(row), () =>
      options.withLogContext(logContext, async () => {
        const attempt = startAttempt(row, job, attempts);
        running.set(jobRunId, attempt);
        await attempt.done.finally(() => running.delete(jobRunId));
      }),
    );
  };

  const stopListening = options.announcer.listen((notice) => {
    if ('isWish' in notice && notice.isWish) void running.get(notice.jobRunId)?.checkLease();
  });
  const identity = { name, host, pid: process.pid, version, queues, concurrency };
  const heartbeat = startBeating(identity, options);
  const workers: QueueWorker[] = queues.map((queue) => {
    const atOnce = options.ownConcurrency?.get(queue) ?? concurrency;
    const claim = createClaims(options, name, queue, atOnce > fewJobs ? longMomentMs : momentMs);
    return options.queue.work(queue, atOnce, async (deliveredId) =>
      takeUp(await claim(deliveredId), deliveredId),
    );
  });
  const sweeper = startSweeper(options);

  return {
    async close() {
      sweeper.stop();
      const handBack = setTimeout(() => {
        for (const attempt of running.values()) attempt.handBack();
      }, options.shutdownMs);
      await Promise.all(workers.map((worker) => worker.close()));
      clearTimeout(handBack);
      await sweeper.idle();
      stopListening();
      await heartbeat.stop();
    },
  };
}

/** Every attempt, whichever worker makes it, is part of the trace that its run was made in. */
function processing(row: ClaimedRow): Step {
  return {
    name: `process ${row.queue}`,
    kind: 'CONSUMER',
    attributes: {
      ...describeDelivery(row, 'process'),
      'mediagraph.organization.id': row.organization_id,
      'mediagraph.job.attempt': row.attempt,
    },
    parent: row.traceparent,
  };
}
