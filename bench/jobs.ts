/**
 * Jobs per second beside bare BullMQ on both of its stores, more worker processes on jobs that wait, and a
 * thousand subscribers on one server. `--small` takes under a minute.
 */
import { hasRedis, startRedis } from '../test/support/redis.ts';
import { startBenchInstallation } from './installation.ts';
import { measureFanOut } from './jobs/fan-out.ts';
import { measureWorkers } from './jobs/scaling.ts';
import { measureBareQueue, measureOwnCore } from './jobs/throughput.ts';

const isSmall = process.argv.includes('--small');
const jobCount = isSmall ? 2_000 : 10_000;
const waitingJobs = isSmall ? 60 : 300;
const ticks = isSmall ? 12 : 60;

const figures: [name: string, value: number, unit: string][] = [];
const installation = await startBenchInstallation();
const redis = hasRedis ? await startRedis() : undefined;
try {
  if (redis) await compare('redis', redis.url);
  else console.log('There is no redis-server on this machine: its figures are left out.');
  await compare('postgres', undefined);
  await scale();
  await fanOut();
} finally {
  await redis?.stop();
  await installation.close();
}
for (const [name, value, unit] of figures) {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}

async function compare(name: string, redisUrl: string | undefined): Promise<void> {
  // Once to warm up: connections, plans, compiled code.
  await measureBareQueue(installation, redisUrl, 500);
  await measureOwnCore(installation, redisUrl, 500);
  const bare = await measureBareQueue(installation, redisUrl, jobCount);
  const own = await measureOwnCore(installation, redisUrl, jobCount);
  figures.push([`jobs_${name}_per_s`, own, 'jobs/s'], [`bare_${name}_per_s`, bare, 'jobs/s']);
  figures.push([`jobs_vs_bare_${name}`, own / bare, 'ratio']);
}

/** Twice and four times the processes, as a share of twice and four times the jobs of one. */
async function scale(): Promise<void> {
  const one = await measureWorkers(installation, redis?.url, 1, waitingJobs);
  figures.push(['jobs_1_worker_per_s', one, 'jobs/s']);
  for (const processes of [2, 4]) {
    const many = await measureWorkers(installation, redis?.url, processes, waitingJobs);
    figures.push([`scale_${processes}_workers`, many / one / processes, 'of linear']);
  }
}

async function fanOut(): Promise<void> {
  const subscribers = 1_000;
  const measured = await measureFanOut(installation, redis?.url, { subscribers, ticks });
  figures.push(
    ['subscribers', subscribers, 'sockets'],
    ['subscribers_states', measured.count, 'states'],
  );
  figures.push(
    ['subscribers_p50_ms', measured.p50Ms, 'ms'],
    ['subscribers_p99_ms', measured.p99Ms, 'ms'],
  );
  figures.push(['subscribers_max_ms', measured.maxMs, 'ms']);
  figures.push(
    ['subscribers_rss_mb', measured.rssMb, 'MB'],
    ['subscribers_growth_mb', measured.grownMb, 'MB'],
  );
}
