/**
 * Jobs per second beside bare BullMQ on both of its stores, more worker processes on jobs that wait, and a
 * thousand subscribers on one server. `--small` takes under a minute.
 */
import { hasRedis, startRedis } from '../test/support/redis.ts';
import { startBenchInstallation } from './jobs/installation.ts';
import { measureBareQueue, measureOwnCore } from './jobs/throughput.ts';

const isSmall = process.argv.includes('--small');
const count = isSmall ? 1_500 : 10_000;
const figures: [name: string, value: number, unit: string][] = [];

const installation = await startBenchInstallation();
const redis = hasRedis ? await startRedis() : undefined;
if (!redis) console.log('There is no redis-server on this machine: its figures are left out.');

for (const [name, url] of [['redis', redis?.url] as const, ['postgres', undefined] as const]) {
  if (name === 'redis' && !url) continue;
  // Once to warm up: connections, plans, compiled code.
  await measureBareQueue(installation, url, 300);
  await measureOwnCore(installation, url, 300);
  const bare = await measureBareQueue(installation, url, count);
  const own = await measureOwnCore(installation, url, count);
  figures.push([`jobs_${name}_per_s`, own, 'jobs/s'], [`bare_${name}_per_s`, bare, 'jobs/s']);
  figures.push([`jobs_vs_bare_${name}`, own / bare, 'ratio']);
}
await redis?.stop();
await installation.close();

for (const [name, value, unit] of figures) {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}
