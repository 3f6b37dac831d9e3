import type { Api } from '../client/api.ts';
import {
  ExportMetricsDocument,
  type ExportMetricsInput,
  MetricsExportDocument,
} from '../client/operations.ts';
import { type DateRange, today } from '../src/domain/calendar.ts';
import { type FilePlaces, fetchFile } from './fetch-file.ts';
import { watchJob } from './progress.ts';

const wanted = {
  metrics: ['IMPRESSIONS', 'CLICKS', 'CONVERSIONS', 'REVENUE', 'SPEND', 'CTR', 'CPA', 'ROAS'],
} satisfies Partial<ExportMetricsInput>;

/** Have a client's campaigns exported as a PDF, and all of its media as a workbook; fetch both by links. */
export async function exportFiles(
  api: Api,
  { clientId, range }: { clientId: string; range: DateRange },
  places: FilePlaces,
): Promise<void> {
  const filters = { clientIds: [clientId] };
  const media: ExportMetricsInput['dimensions'] = ['CAMPAIGN', 'STRATEGY', 'PLACEMENT', 'CREATIVE'];
  console.log('\nExported, and fetched by a link:');
  for (const input of [
    { ...wanted, range, filters, format: 'PDF', dimensions: ['CAMPAIGN'] },
    { ...wanted, range, filters, format: 'XLSX', dimensions: media },
  ] satisfies ExportMetricsInput[]) {
    // A file lives a week: another day, another export.
    const idempotencyKey = `demo-${input.format}-${clientId}-${range.from}-${today('UTC')}`;
    await exportFile(api, { ...input, idempotencyKey }, places);
  }
}

async function exportFile(api: Api, input: ExportMetricsInput, places: FilePlaces) {
  const { exportMetrics } = await api.request(ExportMetricsDocument, { input });
  const { id, jobRun } = exportMetrics.metricsExport;
  const job = await watchJob(api, jobRun?.id ?? '', () => undefined);
  const { node } = await api.request(MetricsExportDocument, { id });
  const file = node?.__typename === 'MetricsExport' ? node.file : null;
  if (!file) throw new Error(`The export ended ${job.status}: ${job.errorMessage ?? ''}`);
  await fetchFile(api, file, places);
}
