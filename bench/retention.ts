/**
 * How fast a month of a million facts leaves for the archive (written, read back, compared, its partition dropped), and
 * how fast it is put back, by a worker process of its own; its sums must be the same. The memory is the most it ever had.
 *
 * `--small` takes under a minute, on 93,000 facts.
 */
import { addDays, today } from '../src/domain/calendar.ts';
import { startOf } from '../src/domain/range-preset.ts';
import { ensureBucket } from '../src/infra/storage.ts';
import { archiveFacts } from '../src/jobs/archive-facts.job.ts';
import { restoreFacts } from '../src/jobs/restore-facts.job.ts';
import { generateClient } from './graph/generate.ts';
import { startWorker } from './ingest/workers.ts';
import { startBenchInstallation } from './installation.ts';
import { openMonth } from './retention/month.ts';

const isSmall = process.argv.includes('--small');
/** 32,400 creatives, or 3,000: a fact of each on each of 31 days. */
const shape = isSmall
  ? { campaigns: 24, strategies: 5, placements: 5, creatives: 5 }
  : { campaigns: 72, strategies: 5, placements: 10, creatives: 9 };
/** A month of 31 days that has left the hot ones. */
const month = longMonthBefore(startOf('month', addDays(today('UTC'), -430), 1));

await using running = new AsyncDisposableStack();
const installation = await startBenchInstallation();
running.defer(() => installation.close());
const { services, tenant } = installation;
await ensureBucket({ bucket: 'mediagraph', region: 'us-east-1', ...services.s3 });
const superuser = new URL(services.ownerUrl);
superuser.username = 'postgres';
const facts = await openMonth(installation, month);
running.defer(() => facts.close());
await facts.makePartition();
const days = Array.from({ length: 31 }, (_, day) => addDays(month, day));
await generateClient(superuser.href, tenant.organizationId, 'Client 1', shape, days);

const before = await facts.sums();
const worker = await startWorker(installation, 'maintenance');
running.defer(() => worker.stop());
const archivedMs = await facts.run(archiveFacts, {});
if ((await facts.sums()).rows !== 0) throw new Error('The month is still there');
const archiveRss = worker.peakRssMb();
const restoredMs = await facts.run(restoreFacts, { month });
const after = await facts.sums();
if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error('It is not what it was');

const perSecond = (ms: number) => (before.rows / ms) * 1000;
report('retention_rows', before.rows, 'rows');
report('retention_archive_rows_per_s', perSecond(archivedMs), 'rows/s');
report('retention_restore_rows_per_s', perSecond(restoredMs), 'rows/s');
report('retention_archive_rss_mb', archiveRss, 'MB');
report('retention_rss_mb', worker.peakRssMb(), 'MB');

function longMonthBefore(first: string): string {
  const before = startOf('month', addDays(first, -1), 1);
  return addDays(before, 31) === first ? before : longMonthBefore(before);
}

function report(name: string, value: number, unit: string): void {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}
