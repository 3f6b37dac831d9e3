/**
 * How fast a Surfside file gets from the bucket into the facts, beside PostgreSQL's own COPY of the same finished rows
 * into an equal, empty table: in turns, in the same run, medians of each.
 *
 * `--small` takes under a minute: files of 50,000 rows alone. Without it, also one of 1,000,000 rows, as CSV and as XLSX.
 */
import { measureDays } from './ingest/days.ts';
import { openFeeds } from './ingest/feeds.ts';
import { openLoading } from './ingest/loading.ts';
import { measureMillion } from './ingest/million.ts';
import { measureTenClients } from './ingest/ten-clients.ts';
import { startWorker } from './ingest/workers.ts';
import { startBenchInstallation } from './installation.ts';

const isSmall = process.argv.includes('--small');

await using running = new AsyncDisposableStack();
const installation = await startBenchInstallation();
running.defer(() => installation.close());
const makeFeed = await openFeeds(installation);
const loading = await openLoading(installation);
running.defer(() => loading.close());
const bench = { installation, makeFeed, loading };

const worker = await startWorker(installation);
const figures = await measureDays(bench, 50_000, isSmall ? 3 : 5);
if (isSmall) figures.push(['ingest_rss_mb', worker.peakRssMb(), 'MB']);
await worker.stop();
if (!isSmall) figures.push(...(await measureMillion(bench)));
figures.push(...(await measureTenClients(bench, isSmall ? 20_000 : 50_000)));

for (const [name, value, unit] of figures) {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}
