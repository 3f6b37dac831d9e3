import type { Api } from '../client/api.ts';
import { GenerateSummariesDocument, LatestSummaryDocument } from '../client/operations.ts';
import type { DateRange } from '../src/domain/calendar.ts';
import { watchJob } from './progress.ts';

/** Have a client's weeks and months that are over summed up, and print what is said of the latest week. */
export async function printSummary(api: Api, clientId: string, range: DateRange): Promise<void> {
  const { generateSummaries } = await api.request(GenerateSummariesDocument, {
    input: { clientId, range },
  });
  await watchJob(api, generateSummaries.jobRun.id, () => undefined);
  const { node } = await api.request(LatestSummaryDocument, { id: clientId });
  const summary = node?.__typename === 'Client' ? node.latestSummary : null;
  if (!summary) return;
  console.log(`  The week of ${summary.fromDate} to ${summary.toDate}:`);
  for (const { text } of summary.sentences) console.log(`    ${text}`);
}
