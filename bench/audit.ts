/**
 * How fast an audit's questions are asked, beside what the platforms' limits allow: 200 questions at four stand-ins that
 * take 300 ms to answer and let 6,000 a minute in, 10 at once; by 1, 2 and 4 workers.
 *
 * `--small` has one audit of 50 questions, by 2 workers.
 */
import { hasRedis, startRedis } from '../test/support/redis.ts';
import { openAudits } from './audit/audits.ts';
import { measureAudit } from './audit/measure-audit.ts';
import { startPlatforms } from './audit/platforms.ts';
import { startBenchInstallation } from './installation.ts';

const isSmall = process.argv.includes('--small');
const questions = isSmall ? 50 : 200;
const limits = { perMinute: 6_000, burst: 10, latencyMs: 300 };

await using running = new AsyncDisposableStack();
const installation = await startBenchInstallation();
running.defer(() => installation.close());
const platforms = await startPlatforms(limits);
running.defer(() => platforms.stop());
const redis = hasRedis ? await startRedis() : undefined;
running.defer(async () => redis?.stop());
if (!redis) console.log('There is no redis-server on this machine: the queue is on PostgreSQL.');
const redisUrl = redis?.url ?? '';
const audits = await openAudits(installation, redisUrl);
running.defer(() => audits.close());

const bench = { installation, audits, redisUrl, standIns: platforms.standIns, limits };
const figures = [];
for (const workers of isSmall ? [2] : [1, 2, 4]) {
  const measured = await measureAudit(bench, workers, questions);
  figures.push({ workers, ...measured });
  console.log(
    `${workers} workers: ${measured.perSecond.toFixed(0)} answers/s of ${measured.allowedPerSecond.toFixed(0)}, ` +
      `${measured.cpuMs.toFixed(1)} ms of CPU each, ${measured.rssMb.toFixed(0)} MB, ${measured.refused} refused`,
  );
}
const worst = Math.min(
  ...figures.map(({ perSecond, allowedPerSecond }) => perSecond / allowedPerSecond),
);
const cpu = Math.max(...figures.map(({ cpuMs }) => cpuMs));
const rss = Math.max(...figures.map(({ rssMb }) => rssMb));
console.log(`figure audit_throughput_vs_limit ${worst.toFixed(2)} ratio`);
console.log(`figure audit_cpu_ms_per_answer ${cpu.toFixed(1)} ms`);
console.log(`figure audit_rss_mb ${rss.toFixed(0)} MB`);
