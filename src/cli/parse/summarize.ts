import { Decimal } from 'decimal.js';
import type { RawRow } from '../../connectors/connector.ts';
import { isLocalDate, type LocalDate } from '../../domain/calendar.ts';
import type { Severity } from '../../domain/identity/organization.entity.ts';
import type { ComparisonRule, RowProblem } from '../../domain/ingestion/row-problem.ts';
import { checkRow, type MediaRow } from '../../domain/ingestion/row-rules.ts';

/** The facts that are added up. */
export const summedFacts = [
  ...(['impressions', 'clicks', 'conversions', 'revenue'] as const),
  ...(['mediaCost', 'completedViews'] as const),
];

/** Facts of one day's good rows; exact, null where none of them reports it. */
type DayTotals = { rows: number } & Record<(typeof summedFacts)[number], Decimal | null>;

/** What a file holds, in memory that does not grow with its rows. */
export interface FileSummary {
  rowsRead: number;
  rowsRejected: number;
  /** The first rejected rows, with every reason. */
  rejects: { line: number; cells: string[]; reasons: RowProblem[] }[];
  /** Rejected rows by rule; a row may break several. */
  rejectedBy: Map<string, number>;
  warnings: Map<string, number>;
  days: Map<LocalDate, DayTotals>;
  /** Names as they are compared: without case. */
  campaigns: Set<string>;
}

export interface SummaryOptions {
  /** The day that the file is of; each row's own where left out. */
  day?: LocalDate | undefined;
  /** The day it is now. */
  latestDay: LocalDate;
  severities: Record<ComparisonRule, Severity>;
  /** How many rejected rows are kept. */
  mostRejects: number;
}

/** Check every row of a file as an ingestion would, and add up the good ones. */
export async function summarize(
  batches: AsyncIterable<RawRow[]>,
  { day, latestDay, severities, mostRejects }: SummaryOptions,
): Promise<FileSummary> {
  const summary: FileSummary = {
    rowsRead: 0,
    rowsRejected: 0,
    rejects: [],
    rejectedBy: new Map(),
    warnings: new Map(),
    days: new Map(),
    campaigns: new Set(),
  };
  for await (const rows of batches) {
    for (const { line, cells, fields } of rows) {
      summary.rowsRead += 1;
      const own = fields.date?.trim().slice(0, 10) ?? '';
      const rowDay = day ?? (isLocalDate(own) ? own : latestDay);
      const { row, problems, warnings } = checkRow(fields, rowDay, latestDay, severities);
      for (const rule of warnings) increase(summary.warnings, rule);
      if (problems.length === 0) {
        addRow(summary.days, rowDay, row);
        summary.campaigns.add(row.campaign.toLowerCase());
        continue;
      }
      summary.rowsRejected += 1;
      for (const rule of new Set(problems.map((each) => each.rule))) {
        increase(summary.rejectedBy, rule);
      }
      if (summary.rejects.length < mostRejects) {
        summary.rejects.push({ line, cells, reasons: problems });
      }
    }
  }
  return summary;
}

function addRow(days: FileSummary['days'], day: LocalDate, row: MediaRow): void {
  const nothing = { impressions: null, clicks: null, conversions: null, revenue: null };
  const totals = days.get(day) ?? { rows: 0, ...nothing, mediaCost: null, completedViews: null };
  days.set(day, totals);
  totals.rows += 1;
  for (const fact of summedFacts) {
    const value = row[fact];
    if (value !== null) totals[fact] = (totals[fact] ?? new Decimal(0)).plus(value);
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
