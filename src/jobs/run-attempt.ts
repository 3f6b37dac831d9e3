import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerServices } from '../domain/aeo-audit/answer-services.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import type { ReportPlatforms } from '../domain/report/report-platform.ts';
import type { RetentionPolicy } from '../domain/retention/retention-policy.ts';
import type { WebhookReceivers } from '../domain/webhook/receivers.ts';
import type { Announcer } from './announcer.ts';
import {
  Cancelled,
  Deadly,
  endingOf,
  HandedBack,
  mostDeaths,
  outcomeOf,
  TimedOut,
} from './attempt-ending.ts';
import {
  type ClaimedRow,
  type createSuccesses,
  type Ending,
  endAttempt,
  holdFence,
  loadJobRun,
  renewLease,
} from './claim.ts';
import type { JobDatabase } from './database.ts';
import {
  type AddJob,
  FinalJobError,
  type JobContext,
  type JobDefinition,
  LostLeaseError,
} from './define-job.ts';
import { openOutbox, sendJobRuns } from './enqueue.ts';
import type { createGathering } from './gather.ts';
import type { AttemptOutcome, JobObserver } from './job-observer.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mailer.ts';
import { createProgressFeed } from './progress-feed.ts';
import type { QueueBackend } from './queue-backend.ts';
import type { Tracing } from './tracing.ts';

export interface AttemptOptions {
  database: JobDatabase;
  queue: QueueBackend;
  announcer: Announcer;
  store: ObjectStore;
  cipher: FieldCipher;
  mailer: Mailer;
  /** How long the audit log keeps entries. */
  auditLogMonths: number;
  retention: RetentionPolicy;
  platforms: ReportPlatforms;
  answers: AnswerServices;
  receivers: Pick<WebhookReceivers, 'post'>;
  tracing: Tracing;
  log: Log;
  observer: JobObserver;
  /** Ends runs that leave nothing to put in order. */
  succeed: ReturnType<typeof createSuccesses>;
  gatherReads: ReturnType<typeof createGathering>;
  gatherWrites: ReturnType<typeof createGathering>;
  leaseMs: number;
  heartbeatMs: number;
}

/** An attempt that is being made, as its worker can steer it. */
export interface RunningAttempt {
  /** Look now whether the run was cancelled, rather than at the next heartbeat. */
  checkLease(): Promise<void>;
  /** Stop, and give the run back to be taken up by another worker. */
  handBack(): void;
  done: Promise<void>;
}

/**
 * Make one attempt at a claimed run, to its end: the lease is renewed meanwhile, and its outcome, another
 * attempt included, is written under its fence and announced.
 */
export function startAttempt(
  row: ClaimedRow,
  job: JobDefinition,
  options: AttemptOptions,
): RunningAttempt {
  const { database, log } = options;
  const { organization_id: organizationId } = row;
  const tenant = { organizationId, clientIds: null };
  const claim = { id: row.id, fence: row.fence };
  const stop = new AbortController();

  const checkLease = async () => {
    try {
      const lease = await database.withTenant(tenant, (em) =>
        renewLease(em, claim, options.leaseMs),
      );
      if (lease.isCancelled) stop.abort(new Cancelled('Cancelled'));
      if (lease.isHalted) stop.abort(new HandedBack());
    } catch (error) {
      // A database that does not answer now may before the lease ends; only a lost lease is final.
      if (error instanceof LostLeaseError) stop.abort(error);
      else log.warn({ err: error }, 'lease not renewed');
    }
  };

  const attempt = async (): Promise<Ending> => {
    const progress = createProgressFeed(tenant, claim, options);
    const context: JobContext = {
      run: claim,
      tenant,
      signal: stop.signal,
      store: options.store,
      cipher: options.cipher,
      mailer: options.mailer,
      auditLogMonths: options.auditLogMonths,
      retention: options.retention,
      platforms: options.platforms,
      answers: options.answers,
      receivers: options.receivers,
      log,
      observer: options.observer,
      report: progress.report,
      announceAlerts: () => options.announcer.announce({ alertsOf: row.organization_id }),
      read: (fn) => database.withTenant(tenant, fn),
      openReading: (as) => database.beginRead(as),
      write: (fn) =>
        database.withTenant(tenant, async (em) => {
          await holdFence(em, claim);
          return fn(em);
        }),
      readTogether: (doAll, asked) => options.gatherReads(doAll, { organizationId, claim, asked }),
      writeTogether: (doAll, asked) =>
        options.gatherWrites(doAll, { organizationId, claim, asked }),
      enqueue: async (fn) => {
        const { result, ids } = await context.write(async (em) => {
          const outbox = openOutbox(em, options.tracing.position());
          return { result: await fn(em, outbox.add), ids: outbox.jobRunIds };
        });
        await sendJobRuns(options, ids);
        return result;
      },
      copy: async (table, columns, lines) => {
        const into = await database.copyInto(table, columns);
        try {
          await pipeline(Readable.from(lines), into, { signal: stop.signal });
          // Under the fence: rows that came after the run was taken over would be nobody's to clear.
          await context.write(() => into.commit());
        } finally {
          into.release();
        }
      },
    };
    try {
      if (row.cancel_requested_at !== null) throw new Cancelled('Cancelled');
      if (row.deaths >= mostDeaths) throw new Deadly(row.deaths);
      const payload = readPayload(job, row.payload);
      await Promise.race([job.process(payload, context), rejectWhenAborted(stop.signal)]);
      return { status: 'SUCCEEDED' };
    } catch (error) {
      return endingOf(stop.signal.aborted ? stop.signal.reason : error, row, job, log);
    } finally {
      await progress.close();
    }
  };

  const end = async (ending: Ending): Promise<number> => {
    if (ending.status === 'SUCCEEDED' && !job.onEnd) {
      const sequence = await options.succeed(claim);
      if (sequence === undefined) throw new LostLeaseError(`Job run ${row.id} was taken over`);
      return sequence;
    }
    const { sequence, jobRunIds } = await database.withTenant(tenant, async (em) => {
      const outbox = openOutbox(em, options.tracing.position());
      const sequence = await endAttempt(em, claim, ending);
      await endRun(em, row.id, job, outbox.add);
      return { sequence, jobRunIds: outbox.jobRunIds };
    });
    await sendJobRuns(options, jobRunIds);
    return sequence;
  };

  const done = (async () => {
    const startedAt = performance.now();
    let outcome: AttemptOutcome = 'abandoned';
    options.observer.attemptStarted(row.name);
    // One at a time: while the row is held, those that wait for it would use up the pool.
    let isBeating = false;
    const heartbeat = setInterval(async () => {
      if (isBeating) return;
      isBeating = true;
      await checkLease();
      isBeating = false;
    }, options.heartbeatMs);
    const timeout = setTimeout(() => stop.abort(new TimedOut()), job.timeoutMs);
    try {
      const ending = await attempt();
      const sequence = await end(ending);
      outcome = outcomeOf(ending);
      await options.announcer.announce({ jobRunId: row.id, sequence, isWish: false });
      const durationMs = Math.round(performance.now() - startedAt);
      log.info({ job: row.name, ...ending, durationMs }, 'job attempt ended');
      options.tracing.note({
        'mediagraph.job.outcome': ending.status,
        ...('errorCode' in ending && { 'error.type': ending.errorCode }),
      });
      if (ending.status === 'QUEUED') await sendJobRuns(options, [row.id]);
    } catch (error) {
      // The run is another worker's, or its end could not be written: then its lease ends by itself.
      log.warn({ err: error, job: row.name }, 'job attempt abandoned');
      options.tracing.note({ 'mediagraph.job.outcome': 'ABANDONED', 'error.type': 'ABANDONED' });
    } finally {
      clearInterval(heartbeat);
      clearTimeout(timeout);
      const seconds = (performance.now() - startedAt) / 1000;
      options.observer.attemptEnded(row.name, outcome, seconds);
      stop.abort(new HandedBack());
    }
  })();

  return { checkLease, handBack: () => stop.abort(new HandedBack()), done };
}

/** @throws {FinalJobError} a payload that no attempt could use; the run can be tried again by a later version. */
function readPayload(job: JobDefinition, payload: object): object {
  const read = job.payload.safeParse(payload);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new FinalJobError(
    `This version cannot read what the job is to do (${problems.join('; ')})`,
    'PAYLOAD_UNREADABLE',
  );
}

/** Let a job put in order what its run leaves behind, where it has ended. */
async function endRun(
  em: EntityManager,
  id: string,
  job: JobDefinition,
  add: AddJob,
): Promise<void> {
  const { organizationId, payload, status, errorMessage } = await loadJobRun(em, id);
  const parsed = job.payload.safeParse(payload);
  if (status === 'QUEUED' || status === 'RUNNING' || !parsed.success) return;
  await job.onEnd?.(em, parsed.data, { organizationId, status, errorMessage }, add);
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
