import type { FactTable } from '../media/levels.ts';

/** The columns of facts that are summed, in `daily_metrics` and in its roll-ups. */
export const factColumns = [
  ...(['impressions', 'clicks', 'conversions', 'revenue', 'spend'] as const),
  ...(['media_cost', 'completed_views'] as const),
] as const;
export type FactColumn = (typeof factColumns)[number];

/** Sums of rows that all report the same facts, as decimal text; null for those that they do not report. */
export type FactSums = Readonly<Record<FactColumn, string | null>>;

/**
 * Sums of one group of rows, those apart that report other facts: ratios are taken over the rows that report
 * both of their sides. Empty where there is no row.
 */
export type Totals = readonly FactSums[];

/** SQL of the sum of a fact over rows `f`, to be grouped by {@link reportedBy} as well. */
export function sumOfFact(column: FactColumn): string {
  return `sum(f.${column}) as ${column}`;
}

/** SQL of the sums of all facts. */
export const sumColumns = factColumns.map(sumOfFact).join(', ');

/** SQL of which facts a row `f` reports. */
export function reportedBy(table: FactTable): string {
  return table === 'daily_metrics'
    ? 'reported_facts(f.clicks, f.conversions, f.revenue, f.media_cost, f.completed_views)'
    : 'f.reported';
}

/** The sums of rows with {@link sumColumns}, gathered by a key. */
export function gatherTotals<Row extends FactSums>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, FactSums[]> {
  const totals = new Map<string, FactSums[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const found = totals.get(key);
    if (found) found.push(row);
    else totals.set(key, [row]);
  }
  return totals;
}
