/** One row of a Vibe report: where it belongs, and its facts. */
export interface VibeRow {
  campaign: string;
  strategy: string;
  channel: string;
  creative: string;
  impressions: number;
  households: number;
  completedViews: number;
  spend: number;
  purchases: number;
  amount: number;
}

/** A row with what a test does not care about filled in. */
export function vibeRow(row: Partial<VibeRow> = {}): VibeRow {
  return {
    campaign: 'Streaming',
    strategy: 'Prospecting',
    channel: 'Sports TV',
    creative: 'Spot 30 s',
    impressions: 1000,
    households: 700,
    completedViews: 900,
    spend: 25.5,
    purchases: 40,
    amount: 1200.25,
    ...row,
  };
}

/** What a report is made of: the rows of each of its days. */
export type VibeDays = [date: string, rows: VibeRow[]][];

/** As `create_async_report` writes it: named as the metrics that are asked for, no clicks. */
export function asyncReport(days: VibeDays): string {
  const header = [
    ...['impression_date', 'campaign_name', 'strategy_name', 'channel_name', 'creative_name'],
    ...['impressions', 'households', 'completed_views', 'spend'],
    ...['number_of_purchases', 'amount_of_purchases'],
  ];
  return csv(header, days, (row) => [
    ...[row.campaign, row.strategy, row.channel, row.creative],
    ...[row.impressions, row.households, row.completedViews, row.spend],
    ...[row.purchases, row.amount],
  ]);
}

/** As `v1/std/reports` writes it: with clicks, which are a hundredth of the impressions. */
export function standardReport(days: VibeDays): string {
  const header = [
    ...['date', 'campaign_name', 'strategy_name', 'placement_name', 'creative_name'],
    ...['impressions', 'clicks', 'conversions', 'revenue'],
  ];
  return csv(header, days, (row) => [
    ...[row.campaign, row.strategy, row.channel, row.creative],
    ...[row.impressions, Math.round(row.impressions / 100), row.purchases, row.amount],
  ]);
}

function csv(
  header: string[],
  days: VibeDays,
  cellsOf: (row: VibeRow) => (string | number)[],
): string {
  const lines = days.flatMap(([date, rows]) =>
    rows.map((row) => [date, ...cellsOf(row)].join(',')),
  );
  return `${[header.join(','), ...lines].join('\n')}\n`;
}
