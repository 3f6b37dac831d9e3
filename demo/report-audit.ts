import type { Api } from '../client/api.ts';
import { ExportAeoAuditDocument, FilesDocument } from '../client/operations.ts';
import { type FilePlaces, fetchFile } from './fetch-file.ts';
import { watchJob } from './progress.ts';

/** Have the report of an audit that has ended made, once, as a PDF, and fetch it by a link. */
export async function reportAudit(api: Api, auditId: string, places: FilePlaces): Promise<void> {
  const input = { auditId, format: 'PDF', idempotencyKey: `demo-audit-report-${auditId}` } as const;
  const { exportAeoAudit } = await api.request(ExportAeoAuditDocument, { input });
  const job = await watchJob(api, exportAeoAudit.jobRun.id, () => undefined);
  const { files } = await api.request(FilesDocument, { first: 50 });
  const file = files.nodes.find(({ name }) => name.includes('_aeo-audit_'));
  if (!file) throw new Error(`The report ended ${job.status}: ${job.errorMessage ?? ''}`);
  console.log('\nIts report:');
  await fetchFile(api, file, places);
}
