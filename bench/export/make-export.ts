import type { Api } from '../../client/api.ts';
import {
  ExportMetricsDocument,
  type ExportMetricsInput,
  JobProgressDocument,
  MetricsExportDocument,
} from '../../client/operations.ts';

/** An export that was made: how long it took from the mutation to its end. */
export interface MadeExport {
  rows: number;
  bytes: number;
  tookMs: number;
}

/** Have an export made, as a user would. @throws {Error} when its job does not succeed. */
export async function makeExport(api: Api, input: ExportMetricsInput): Promise<MadeExport> {
  const startedAt = performance.now();
  const { exportMetrics } = await api.request(ExportMetricsDocument, { input });
  const { id, jobRun } = exportMetrics.metricsExport;
  let status = '';
  for await (const { jobProgress } of api.subscribe(JobProgressDocument, {
    id: jobRun?.id ?? '',
  })) {
    status = `${jobProgress.status} ${jobProgress.errorMessage ?? ''}`.trim();
  }
  const tookMs = performance.now() - startedAt;
  const { node } = await api.request(MetricsExportDocument, { id });
  if (status !== 'SUCCEEDED' || node?.__typename !== 'MetricsExport') throw new Error(status);
  return { rows: Number(node.rowCount), bytes: Number(node.file?.sizeBytes), tookMs };
}
