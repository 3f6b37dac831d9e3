/** A worker process with the jobs of the benchmarks. */
import { runProcess } from '../../src/infra/process.ts';
import { connectJobsCore } from './connect.ts';

await runProcess('bench worker', async (onStop) => {
  const { DATABASE_URL = '', REDIS_URL, CONCURRENCY = '4' } = process.env;
  const { startWorkers, close } = await connectJobsCore(DATABASE_URL, REDIS_URL || undefined);
  onStop(close);
  const workers = startWorkers(Number(CONCURRENCY));
  onStop(() => workers.close());
  return {};
});
