import type { Api } from '../client/api.ts';
import {
  CreateReportDefinitionDocument,
  IssuedReportDocument,
  IssueReportDocument,
} from '../client/operations.ts';
import type { DateRange } from '../src/domain/calendar.ts';
import { type FilePlaces, fetchFile } from './fetch-file.ts';
import { watchJob } from './progress.ts';

/** Define a client's weekly report, issue one of its days, once, and tell what was restated since. */
export async function issueReport(
  api: Api,
  { clientId, range }: { clientId: string; range: DateRange },
  places: FilePlaces,
): Promise<void> {
  const { createReportDefinition } = await api.request(CreateReportDefinitionDocument, {
    input: {
      ...{ clientId, name: 'Weekly report', rangePreset: 'LAST_WEEK', roles: ['CLIENT'] },
      metrics: ['IMPRESSIONS', 'CLICKS', 'CONVERSIONS', 'REVENUE', 'SPEND', 'CTR', 'ROAS'],
      timing: { frequency: 'WEEKLY' },
      idempotencyKey: `demo-report-${clientId}`,
    },
  });
  const { id: reportDefinitionId } = createReportDefinition.reportDefinition;
  const idempotencyKey = `demo-report-${clientId}-${range.from}`;
  const input = { reportDefinitionId, range, idempotencyKey };
  const { id, jobRun } = (await api.request(IssueReportDocument, { input })).issueReport
    .issuedReport;
  const job = await watchJob(api, jobRun?.id ?? '', () => undefined);
  const { node: report } = await api.request(IssuedReportDocument, { id });
  if (report?.__typename !== 'IssuedReport' || !report.file) {
    throw new Error(`The report ended ${job.status}: ${job.errorMessage ?? ''}`);
  }
  const { name, fromDate, toDate, changesSince } = report;
  const restated = changesSince.days.length;
  console.log(`\nIssued: ${name}, ${fromDate} to ${toDate}; days restated since: ${restated}`);
  await fetchFile(api, report.file, places);
}
