import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { hasEnded } from '../../src/domain/job/job-run.entity.ts';
import { loadJobRun } from '../../src/jobs/claim.ts';
import { defineJob, type JobDefinition } from '../../src/jobs/define-job.ts';

const limits = { queue: 'ingestion', attempts: 5, timeoutMs: 60_000, backoffMs: 100 };

/** Kills whatever worker takes it up. */
export const poison = defineJob({
  ...limits,
  name: 'poison',
  payload: z.object({}),
  async process() {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});

/** Works until another job has ended, or for a moment where none is named. */
export const neighbour = defineJob({
  ...limits,
  name: 'neighbour',
  payload: z.object({ until: z.uuid().nullable() }),
  async process({ until }, { read, signal }) {
    while (until && !hasEnded((await read((em) => loadJobRun(em, until))).status)) {
      await setTimeout(50, undefined, { signal });
    }
  },
});

export const drillJobs = [poison, neighbour] as unknown as JobDefinition[];
