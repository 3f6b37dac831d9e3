import type { Settled } from '../domain/webhook/record-answer.ts';
import type { AuditObserver } from './audit-observer.ts';

/** How an attempt at a job ended. */
export type AttemptOutcome =
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  /** Another attempt follows. */
  | 'retried'
  /** What the job needs is still to come; the attempt does not count. */
  | 'waiting'
  /** The worker is stopping; the attempt does not count. */
  | 'handed_back'
  /** The run is another worker's by now, or its end could not be written. */
  | 'abandoned';

/** Told what a worker does, to count it. */
export interface JobObserver {
  attemptStarted(job: string): void;
  attemptEnded(job: string, outcome: AttemptOutcome, seconds: number): void;
  swept(outcome: 'succeeded' | 'failed'): void;
  audits: AuditObserver;
  /**
   * One day of a feed is settled, and that is committed: a day that was tried several times counts once.
   *
   * @param rows of its files; `applied` are those that the facts were now built from.
   */
  daySettled(source: string, rows: { read: number; rejected: number; applied: number }): void;
  /** A receiver answered, or did not, and that is committed. */
  webhookSettled(outcome: Settled['outcome']): void;
}
