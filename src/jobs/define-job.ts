import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { AnswerServices } from '../domain/aeo-audit/answer-services.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import type { Tenant } from '../domain/identity/viewer.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { Reading } from '../domain/reading.ts';
import type { ReportPlatforms } from '../domain/report/report-platform.ts';
import type { RetentionPolicy } from '../domain/retention/retention-policy.ts';
import type { WebhookReceivers } from '../domain/webhook/receivers.ts';
import type { JobObserver } from './job-observer.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mailer.ts';

/** How far a job is: `done` of `total` in the units of its stage; total is null while it is unknown. */
export interface Progress {
  stage: string;
  done: number;
  total: number | null;
}

/** What a processor works with. All of it is bound to the job's own tenant. */
export interface JobContext {
  run: Pick<JobRun, 'id' | 'fence'>;
  tenant: Tenant;
  /** Aborted when the job is cancelled, runs out of time, or loses its lease. */
  signal: AbortSignal;
  store: ObjectStore;
  cipher: FieldCipher;
  mailer: Mailer;
  /** How long the audit log keeps entries. */
  auditLogMonths: number;
  /** How long all else is kept. */
  retention: RetentionPolicy;
  platforms: ReportPlatforms;
  answers: AnswerServices;
  receivers: Pick<WebhookReceivers, 'post'>;
  log: Log;
  observer: Pick<JobObserver, 'daySettled' | 'webhookSettled' | 'audits'>;
  /** Work in a transaction of its own, without holding the run: to read, or what any worker may do. */
  read<T>(fn: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Open a reading at one instant, as a tenant who may see less than the job; whoever opens it ends it. */
  openReading(as: Tenant): Promise<Reading>;
  /**
   * Write in a transaction that holds the run at its fence.
   *
   * @throws {LostLeaseError} when another worker has taken the run over.
   */
  write<T>(fn: (em: EntityManager) => Promise<T>): Promise<T>;
  /** The same for small jobs of which a worker runs many at once: those that ask within a moment share a transaction. */
  readTogether<Asked, Result>(doAll: DoAll<Asked, Result>, asked: Asked): Promise<Result>;
  /** @throws {LostLeaseError} */
  writeTogether<Asked, Result>(doAll: DoAll<Asked, Result>, asked: Asked): Promise<Result>;
  /** Write, and send what was enqueued once that is committed. */
  enqueue<T>(fn: (em: EntityManager, add: AddJob) => Promise<T>): Promise<T>;
  /**
   * Stream COPY lines into a scratch table: all of them or none.
   *
   * @throws {LostLeaseError} when another worker has taken the run over meanwhile.
   */
  copy(table: string, columns: string[], lines: AsyncIterable<string>): Promise<void>;
  /** Tell those who watch the organization's alerts that there is news. */
  announceAlerts(): Promise<void>;
  /** Tell those who watch; cheap to call often. */
  report(progress: Progress): void;
}

/** Does for many jobs of one organization what each of them asks for. @returns a result for each, in order. */
export type DoAll<Asked, Result> = (
  em: EntityManager,
  asked: readonly Asked[],
) => Promise<readonly Result[]>;

/** Put a job in the transaction's outbox; returns the id of its run. */
export type AddJob = <P extends object>(
  job: JobDefinition<P>,
  payload: P,
  owner: JobOwner,
) => Promise<string>;

/** Whose job it is, and who asked for it. */
export interface JobOwner {
  organizationId: string;
  clientId: string | null;
  requestedBy?: string | null;
  requestId?: string | null;
  /** 0 to 10, 5 where left out: of the organization's own jobs the higher goes first. */
  priority?: number;
  /** When it is due, by the database's clock; at once where left out. */
  runAt?: Date;
}

/** One kind of job: everything about it in one object. */
export interface JobDefinition<P extends object = object> {
  name: string;
  queue: string;
  payload: z.ZodType<P>;
  /**
   * Raised when the payload changes its shape, from 1: workers of an older version leave its jobs alone. The
   * schema must still read older payloads, for as long as some may wait.
   */
  payloadVersion?: number;
  /** How often it is tried before it counts as failed. */
  attempts: number;
  /** How long one attempt may take. */
  timeoutMs: number;
  /** Waiting time before attempt `n` (2, 3, ...): doubled each time, from this. */
  backoffMs: number;
  process(payload: P, context: JobContext): Promise<void>;
  /** Put in order what the run leaves behind, in the transaction that ends it, however it ends; what is added is sent then. */
  onEnd?(em: EntityManager, payload: P, run: EndedRun, add: AddJob): Promise<void>;
  /** Make the run's outcome undecided again, in the transaction that has it tried once more. */
  onRetry?(em: EntityManager, payload: P): Promise<void>;
}

/** How a run ended. */
interface EndedRun {
  organizationId: string;
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  errorMessage: string | null;
}

/** Declare a kind of job; it also needs its line in the registry. */
export function defineJob<P extends object>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}

type FinalCode = ErrorCode | 'JOB_FAILED' | 'PAYLOAD_UNREADABLE';

/** A failure that trying again cannot mend: the job ends here, with this message for its owner. */
export class FinalJobError extends Error {
  readonly code: FinalCode;

  constructor(message: string, code: FinalCode = 'JOB_FAILED') {
    super(message);
    this.code = code;
  }
}

/** What the job needs is still to come: it goes on after a while, by whichever worker, and no attempt is spent. */
export class NotYet extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`Not yet: again in ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

/** Another worker has the run now: what this one still does counts for nothing. */
export class LostLeaseError extends Error {}
