import { healthComponentNames, healthStatuses, healthUnits } from '../domain/health/component.ts';
import { jobStatuses } from '../domain/job/job-run.entity.ts';
import { workerStatuses } from '../domain/job/list-workers.ts';
import { enumOf } from './enum-of.ts';

export const JobStatusEnum = enumOf(jobStatuses, 'JobStatus', 'Where a job is in its life.', {
  QUEUED: 'Waiting for a worker, or for its next attempt.',
  RUNNING: 'A worker is at it.',
  SUCCEEDED: 'Done.',
  FAILED: 'Given up; the error says why.',
  CANCELLED: 'Ended because somebody asked for it.',
});
export const WorkerStatusEnum = enumOf(workerStatuses, 'WorkerStatus', 'Whether a worker works.', {
  ALIVE: 'It gives signs of life.',
  LOST: 'It fell silent; others take its jobs over.',
  STOPPED: 'It was stopped in order.',
});
export const HealthStatusEnum = enumOf(healthStatuses, 'HealthStatus', 'How a component does.', {
  OK: 'As it should.',
  DEGRADED: 'It works, but slowly, not fully, or not for long.',
  FAILING: 'It does not work.',
  UNKNOWN: 'There is nothing to judge it by.',
});
export const HealthUnitEnum = enumOf(
  healthUnits,
  'HealthUnit',
  'What a component is measured in.',
  {
    MILLISECONDS: 'How long it took to answer.',
    SHARE: 'From 0 to 1.',
    COUNT: 'How many.',
    HOURS: 'How late.',
  },
);
export const HealthComponentNameEnum = enumOf(
  healthComponentNames,
  'HealthComponentName',
  'What must work.',
  {
    DATABASE: 'The database: DEGRADED over 1,000 ms, FAILING without an answer within 2 s.',
    QUEUE: 'The queue: DEGRADED over 100 ms, FAILING without an answer within 2 s.',
    QUEUE_MEMORY: "The queue's memory, where it has a limit of its own: DEGRADED over 90 %.",
    STORAGE: 'The bucket of archived files: FAILING without an answer within 2 s.',
    WORKERS:
      'Workers that give signs of life: FAILING without one, DEGRADED where a queue has none or versions differ.',
    DATA_DISK: "The server's disk of embedded services: DEGRADED over 80 %, FAILING over 90 %.",
    TEMPORARY_DISK: "The server's disk of temporary files: DEGRADED over 80 %, FAILING over 90 %.",
    MEMORY: "Memory of the server's machine or container: DEGRADED over 80 %, FAILING over 90 %.",
    STUCK_JOBS: "The organization's jobs that run for over 2 h: DEGRADED when there is one.",
    FAILED_JOBS:
      "Share of the organization's jobs that failed, of those that succeeded or failed in the last hour: DEGRADED over 10 %, FAILING over 50 %.",
    FEEDS:
      "Hours since the first day that one of the organization's feeds has not loaded ended, of the latest feed: DEGRADED over 26.",
    PLATFORM:
      "Share of the organization's loads from a source in the last 24 hours that failed because it did not answer: DEGRADED over 10 %, FAILING over 50 %.",
    ANSWER_PLATFORM:
      'Share of the keys to a platform that answers questions which it refuses, or does not answer with: DEGRADED where some do not work, FAILING where none does. They are tried by a call that asks no question and costs nothing.',
    EMERGENCY:
      'An emergency, in which nobody does anything without a second factor and nothing is loaded: DEGRADED while it lasts.',
  },
);
