import Table from 'cli-table3';
import type { Api } from '../client/api.ts';
import {
  IngestionRunDocument,
  type MetricsFieldsFragment,
  PerformanceDocument,
  type PerformanceQuery,
} from '../client/operations.ts';
import type { DateRange } from '../src/domain/calendar.ts';

type ClientNode = Extract<NonNullable<PerformanceQuery['node']>, { __typename?: 'Client' }>;

const columns = [
  'Campaign',
  'Impressions',
  'Clicks',
  'CTR',
  'Conversions',
  'Revenue',
  'Spend',
  'CPC',
  'CPA',
  'ROAS',
];

/** Print a client's campaigns with their metrics, the total, and the days without data, as the graph has them. */
export async function printPerformance(api: Api, id: string, range: DateRange): Promise<void> {
  const { node } = await api.request(PerformanceDocument, { id, range });
  const client = node as ClientNode;
  const table = new Table({
    head: columns,
    colAligns: ['left', ...columns.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const { node: campaign } of client.campaigns.edges) {
    table.push([campaign.name, ...cells(campaign.metrics)]);
  }
  table.push(['Total', ...cells(client.metrics)]);
  console.log(`\n${client.name}, ${range.from} to ${range.to}, amounts in ${client.currency}`);
  console.log(table.toString());
  for (const { name, gaps } of client.feeds) {
    for (const { date, status, reason } of gaps) {
      console.log(`  Gap: ${name}, ${date} ${status}: ${reason ?? 'no data yet'}`);
    }
    if (gaps.length === 0) console.log(`  No gaps: ${name}.`);
  }
}

/** Print how many rows a run read and rejected, and why. */
export async function printRows(api: Api, runId: string): Promise<void> {
  const { ingestionRun: run } = await api.request(IngestionRunDocument, { id: runId });
  if (!run) throw new Error('The run is not there');
  const { rowsRead, rowsRejected, rowsMerged, rejections } = run.report;
  const rows = (count: number) => count.toLocaleString('en');
  console.log(
    `  Rows: ${rows(rowsRead)} read, ${rows(rowsRejected)} rejected, ${rows(rowsMerged)} merged.`,
  );
  for (const { rule, rows: count } of rejections) {
    console.log(`    rejected ${rows(count)} x ${rule}`);
  }
  for (const { date, status, reason } of run.slices) {
    if (status === 'HELD' || status === 'FAILED') console.log(`    ${date} ${status}: ${reason}`);
  }
}

/** Rounded for people: 2 decimals for amounts, 3 for rates; a dash where there is nothing to divide by. */
function cells(metrics: MetricsFieldsFragment): string[] {
  const fixed = (value: number | string | null | undefined, decimals: number, unit = '') =>
    value === null || value === undefined
      ? '–'
      : `${Number(value).toLocaleString('en', {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        })}${unit}`;
  return [
    fixed(metrics.impressions, 0),
    fixed(metrics.clicks, 0),
    fixed(metrics.ctr == null ? null : metrics.ctr * 100, 3, ' %'),
    fixed(metrics.conversions, 0),
    fixed(metrics.revenue, 2),
    fixed(metrics.spend, 2),
    fixed(metrics.cpc, 2),
    fixed(metrics.cpa, 2),
    fixed(metrics.roas, 2, 'x'),
  ];
}
