import { hasEnded, type JobRun } from '../job/job-run.entity.ts';
import type { IngestionRun } from './ingestion-run.entity.ts';

export const runStatuses = [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'PARTIAL',
  'HELD',
  'DISCARDED',
  'MISSING',
  'FAILED',
  'CANCELLED',
] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A run's status: its job's until that ends, then what its slices came to. */
export function runStatus(run: IngestionRun, job: Pick<JobRun, 'status'>): RunStatus {
  if (!hasEnded(job.status) || job.status === 'CANCELLED') return job.status;
  return job.status === 'FAILED' ? 'FAILED' : (run.outcome ?? 'SUCCEEDED');
}
