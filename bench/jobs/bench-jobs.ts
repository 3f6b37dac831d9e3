import { get } from 'node:http';
import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../src/jobs/define-job.ts';

const settings = { queue: 'bench', attempts: 3, timeoutMs: 600_000, backoffMs: 1_000 };

/** Does nothing: what is left is the lifecycle. */
export const emptyJob = defineJob({
  ...settings,
  name: 'empty',
  payload: z.object({}),
  process: async () => undefined,
});

/** Waits for an answer over HTTP, as most of our jobs do most of the time. */
export const waitingJob = defineJob({
  ...settings,
  name: 'waiting',
  payload: z.object({ url: z.url() }),
  process: ({ url }) =>
    new Promise((resolve, reject) => {
      get(url, (response) => response.resume().once('end', resolve)).once('error', reject);
    }),
});

/** Reports the time, over and over, as its progress. */
export const tickingJob = defineJob({
  ...settings,
  name: 'ticking',
  payload: z.object({ ticks: z.number(), everyMs: z.number() }),
  async process({ ticks, everyMs }, { report, signal }) {
    for (let tick = 0; tick < ticks && !signal.aborted; tick++) {
      report({ stage: 'TICK', done: Date.now(), total: null });
      await new Promise((wake) => setTimeout(wake, everyMs));
    }
  },
});

export const benchJobs: ReadonlyMap<string, JobDefinition> = new Map(
  [emptyJob, waitingJob, tickingJob].map((job) => [job.name, job as unknown as JobDefinition]),
);
