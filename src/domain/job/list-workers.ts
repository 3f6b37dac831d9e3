import type { EntityManager } from '@mikro-orm/postgresql';
import { JobRun } from './job-run.entity.ts';

export const workerStatuses = ['ALIVE', 'LOST', 'STOPPED'] as const;

/** A worker process, with those of its jobs that the viewer may see. */
export interface WorkerState {
  name: string;
  host: string;
  version: string;
  queues: string[];
  concurrency: number;
  startedAt: Date;
  lastBeatAt: Date;
  status: (typeof workerStatuses)[number];
  jobRuns: JobRun[];
}

type WorkerRow = Omit<WorkerState, 'startedAt' | 'lastBeatAt' | 'jobRuns'> &
  Record<'startedAt' | 'lastBeatAt', string>;

/** Workers of the last day, the alive first, then by their last sign of life. */
export async function listWorkers(em: EntityManager): Promise<WorkerState[]> {
  const workers = await em.execute<WorkerRow[]>(
    `select name, host, version, queues, concurrency,
       started_at as "startedAt", last_beat_at as "lastBeatAt",
       case when stopped_at is not null then 'STOPPED' when lost_at is not null then 'LOST'
         else 'ALIVE' end as status
     from operations.workers
     where last_beat_at > now() - interval '1 day'
     order by coalesce(stopped_at, lost_at) is not null, last_beat_at desc, name
     limit 1000`,
  );
  const running = await em.find(JobRun, { status: 'RUNNING' }, { orderBy: { claimedAt: 'asc' } });
  return workers.map((worker) => ({
    ...worker,
    startedAt: new Date(worker.startedAt),
    lastBeatAt: new Date(worker.lastBeatAt),
    jobRuns: running.filter((run) => run.worker === worker.name),
  }));
}
