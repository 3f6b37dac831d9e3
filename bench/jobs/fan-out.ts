import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../../client/api.ts';
import { SignInDocument } from '../../client/operations.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { startProcess } from '../../src/infra/child-process.ts';
import { openOutbox, sendJobRuns } from '../../src/jobs/enqueue.ts';
import type { BenchInstallation } from '../installation.ts';
import { tickingJob } from './bench-jobs.ts';
import { connectJobsCore } from './connect.ts';

/** How soon changes reached the subscribers, and what they cost the server. */
export interface FanOut {
  /** States received, by all subscribers together. */
  count: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** The server's memory at the end, and by how much it grew while the changes went out. */
  rssMb: number;
  grownMb: number;
}

const everyMs = 500;

/** Many subscribers of one job on one server: all three, and the worker, are processes of their own. */
export async function measureFanOut(
  { env, tenant, owner }: BenchInstallation,
  redisUrl: string | undefined,
  { subscribers, ticks }: { subscribers: number; ticks: number },
): Promise<FanOut> {
  const redis = { REDIS_URL: redisUrl ?? '' };
  const here = (script: string) => new URL(script, import.meta.url);
  const server = await startProcess<{ url: string }>(here('../../src/server.js'), {
    // All of them are of one user.
    env: { ...env('server'), ...redis, SOCKETS_PER_USER: String(subscribers) },
  });
  const graphUrl = `${server.ready.url}/graphql`;
  const { signIn } = await createApi(server.ready.url).request(SignInDocument, { input: owner });
  const { core, close } = await connectJobsCore(env('worker').DATABASE_URL ?? '', redisUrl);
  const [jobRunId = ''] = await core.database.withTenant(tenant, async (em) => {
    const outbox = openOutbox(em);
    await outbox.add(tickingJob, { ticks, everyMs }, { ...tenant, clientId: null });
    return outbox.jobRunIds;
  });
  await sendJobRuns(core, [jobRunId]);

  const result = join(tmpdir(), `mediagraph-bench-${randomUUID()}.json`);
  const crowd = await startProcess(here('./subscribers.js'), {
    env: {
      GRAPH_URL: graphUrl.replace('http', 'ws'),
      TOKEN: signIn.token,
      JOB: toGlobalId('JobRun', jobRunId),
      COUNT: String(subscribers),
      RESULT: result,
    },
  });
  const before = residentMb(server.pid);
  const worker = await startProcess(here('./worker.js'), { env: { ...env('worker'), ...redis } });
  await crowd.ended;
  const rssMb = residentMb(server.pid);
  await worker.stop();
  await close();
  await server.stop();
  const received = JSON.parse(readFileSync(result, 'utf8'));
  rmSync(result);
  return { ...received, rssMb, grownMb: rssMb - before };
}

/** Memory that a process holds now; only Linux tells. */
function residentMb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? Number.NaN) / 1000;
}
