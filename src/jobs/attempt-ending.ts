import { DomainError } from '../domain/errors.ts';
import type { ClaimedRow, Ending } from './claim.ts';
import { FinalJobError, type JobDefinition, LostLeaseError, NotYet } from './define-job.ts';
import type { AttemptOutcome } from './job-observer.ts';
import type { Log } from './log.ts';

/** A run that has cost so many workers their lives is given up. */
export const mostDeaths = 3;

/** Longer waits would outlast people's patience, and the token of whoever asked. */
const longestBackoffMs = 15 * 60_000;

/** Why an attempt is stopped from outside. */
export class Cancelled extends Error {}
export class HandedBack extends Error {}
export class TimedOut extends Error {}
/** Why a run is not tried once more. */
export class Deadly extends Error {
  readonly deaths: number;

  constructor(deaths: number) {
    super(`The worker stopped ${deaths} times while it ran this job`);
    this.deaths = deaths;
  }
}

/** What a failure means for the run: its end, or another attempt after a growing wait. */
export function endingOf(
  error: unknown,
  run: Pick<ClaimedRow, 'attempt' | 'failures' | 'max_attempts'>,
  job: JobDefinition,
  log: Log,
): Ending {
  if (error instanceof LostLeaseError) throw error;
  if (error instanceof Cancelled) return { status: 'CANCELLED' };
  if (error instanceof NotYet) {
    return { status: 'QUEUED', waitMs: error.waitMs, isCounted: false };
  }
  const failure = describeFailure(error, job);
  if (error instanceof HandedBack) {
    return { status: 'QUEUED', waitMs: 0, isCounted: false, ...failure };
  }
  if (error instanceof Deadly) {
    log.error(
      { job: job.name, deaths: error.deaths },
      'job given up: it costs workers their lives',
    );
    return { status: 'FAILED', ...failure };
  }
  if (error instanceof FinalJobError || run.failures + 1 >= run.max_attempts) {
    log.error({ err: error, job: job.name }, 'job failed');
    return { status: 'FAILED', ...failure };
  }
  const waitMs = Math.min(job.backoffMs * 2 ** run.failures, longestBackoffMs);
  log.warn({ err: error, job: job.name, attempt: run.attempt, waitMs }, 'job attempt failed');
  return { status: 'QUEUED', waitMs, isCounted: true, ...failure };
}

/** How monitoring names an ending. */
export function outcomeOf(ending: Ending): AttemptOutcome {
  if (ending.status === 'QUEUED' && !('errorCode' in ending)) return 'waiting';
  if (ending.status === 'QUEUED') return ending.isCounted ? 'retried' : 'handed_back';
  return ({ SUCCEEDED: 'succeeded', FAILED: 'failed', CANCELLED: 'cancelled' } as const)[
    ending.status
  ];
}

/** Only failures meant for people keep their words; of others they learn where to look. */
function describeFailure(error: unknown, job: JobDefinition) {
  if (error instanceof TimedOut) {
    const seconds = job.timeoutMs / 1000;
    return { errorCode: 'TIMED_OUT', errorMessage: `The job took longer than ${seconds} s` };
  }
  if (error instanceof HandedBack) {
    return { errorCode: 'WORKER_STOPPED', errorMessage: 'The worker was stopped; the job goes on' };
  }
  if (error instanceof Deadly) return { errorCode: 'WORKER_LOST', errorMessage: error.message };
  if (error instanceof DomainError || error instanceof FinalJobError) {
    return { errorCode: error.code, errorMessage: error.message };
  }
  return { errorCode: 'INTERNAL_ERROR', errorMessage: 'Something went wrong; the log says what' };
}
