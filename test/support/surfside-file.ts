/** One row of a Surfside file: where it belongs, and its facts. */
export interface SurfsideRow {
  campaign: string;
  strategy: string;
  placement: string;
  creative: string;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: number;
}

const header =
  'Date,Campaign,Strategy,Placement,Creative,Impressions,Clicks,Conversions,Conversion Revenue';

/** A row with what a test does not care about filled in. */
export function surfsideRow(row: Partial<SurfsideRow> = {}): SurfsideRow {
  return {
    campaign: 'Brand',
    strategy: 'Geo',
    placement: 'Display',
    creative: '300x250',
    impressions: 1000,
    clicks: 10,
    conversions: 1,
    revenue: 25.5,
    ...row,
  };
}

/** A file of a day, as Surfside writes it. */
export function surfsideFile(date: string, rows: SurfsideRow[]): string {
  const lines = rows.map((row) =>
    [
      date,
      row.campaign,
      row.strategy,
      row.placement,
      row.creative,
      row.impressions,
      row.clicks,
      row.conversions,
      row.revenue,
    ].join(','),
  );
  return `${[header, ...lines].join('\n')}\n`;
}
