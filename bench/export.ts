/**
 * A million rows as CSV and as XLSX, from the mutation to the kept file, by a worker of its own; CSV beside PostgreSQL's
 * COPY of the same rows. The worker's memory is the most that it ever had.
 *
 * `--small` takes under a minute, on 102,000 rows. `--data FOLDER` keeps the filled database there for the next run.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { signInTo } from '../client/api.ts';
import { type ExportMetricsInput, ViewerDocument } from '../client/operations.ts';
import { fromGlobalId } from '../src/domain/global-id.ts';
import { startProcess } from '../src/infra/child-process.ts';
import { workerOptions, workerScript } from '../src/infra/worker-process.ts';
import { copyRows } from './export/copy-rows.ts';
import { makeExport } from './export/make-export.ts';
import { full, rowsOf, small } from './export/question.ts';
import { median } from './graph/figures.ts';
import { owner, startFilledInstallation } from './graph/installation.ts';

const { values: options } = parseArgs({
  options: { small: { type: 'boolean' }, data: { type: 'string' } },
});
const rounds = 3;
const question = options.small ? small : full;
// Whatever happens, nobody is left working on a database that is gone.
await using running = new AsyncDisposableStack();
const installation = await startFilledInstallation(question.shape, options.data);
running.defer(() => installation.close());
const { settings, workerSettings } = installation;
const server = await startProcess<{ url: string }>(new URL('../src/server.js', import.meta.url), {
  env: settings,
});
running.defer(() => server.stop());
const worker = await startProcess(workerScript, {
  nodeOptions: workerOptions,
  args: ['--queues', 'exports'],
  env: workerSettings,
});
running.defer(() => worker.stop());

const api = await signInTo(server.ready.url, owner.email, owner.password);
const input: Omit<ExportMetricsInput, 'format'> = {
  dimensions: ['DATE', 'CREATIVE'],
  metrics: ['IMPRESSIONS', 'CLICKS', 'CONVERSIONS', 'REVENUE', 'SPEND'],
  range: question.days,
};
const { viewer } = await api.request(ViewerDocument, {});
const organizationId = fromGlobalId('Organization', viewer.organization.id);
const copied: number[] = [];
const csv: number[] = [];
const expected = rowsOf(question);
for (let round = 0; round < rounds; round++) {
  copied.push(await copyRows(workerSettings.DATABASE_URL ?? '', organizationId, question.days));
  csv.push((await makeWhole('CSV')).tookMs);
}
const csvRss = await peakMegabytes();
const xlsx = await makeWhole('XLSX');

console.log(`CSV ${Math.round(median(csv))} ms, COPY ${Math.round(median(copied))} ms`);
report('export_rows', expected, 'rows');
report('csv_export_rows_per_s', (expected / median(csv)) * 1000, 'rows/s');
report('csv_export_vs_copy', median(copied) / median(csv), 'ratio');
report('xlsx_export_rows_per_s', (expected / xlsx.tookMs) * 1000, 'rows/s');
report('export_csv_rss_mb', csvRss, 'MB');
report('export_rss_mb', await peakMegabytes(), 'MB');

async function makeWhole(format: ExportMetricsInput['format']) {
  const made = await makeExport(api, { ...input, format });
  console.log(`${format}: ${made.rows} rows, ${made.bytes} bytes, ${Math.round(made.tookMs)} ms`);
  if (made.rows !== expected) throw new Error(`${made.rows} rows instead of ${expected}`);
  return made;
}

/** The most memory that the worker ever had, as Linux counts it; not known elsewhere. */
async function peakMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${worker.pid}/status`, 'utf8').catch(() => '');
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6;
}

function report(name: string, value: number, unit: string): void {
  console.log(`figure ${name} ${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
}
