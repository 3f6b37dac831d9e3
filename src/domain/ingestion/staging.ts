import type { MediaRow } from './row-rules.ts';

/** The scratch table that rows are COPYed into, and its columns in the order of {@link toCopyLine}. */
export const stagingTable = 'staging.media_rows';
export const stagingColumns = [
  'run_slice_id',
  'fence',
  'campaign',
  'strategy',
  'placement',
  'creative',
  'impressions',
  'clicks',
  'conversions',
  'revenue',
  'media_cost',
  'completed_views',
  'reach',
];

/** What tells the rows of one attempt at one slice from all others, a stalled worker's included. */
export interface StagedSlice {
  runSliceId: string;
  fence: number;
}

/** One row in COPY's text format. Names hold no tab or line break by now, so only `\` needs care. */
export function toCopyLine({ runSliceId, fence }: StagedSlice, row: MediaRow): string {
  const name = (text: string) => (text.includes('\\') ? text.replaceAll('\\', '\\\\') : text);
  const names = `${name(row.campaign)}\t${name(row.strategy)}\t${name(row.placement)}\t${name(row.creative)}`;
  const fact = (text: string | null) => text ?? '\\N';
  const mostly = `${row.impressions}\t${fact(row.clicks)}\t${fact(row.conversions)}\t${fact(row.revenue)}`;
  const sometimes = `${fact(row.mediaCost)}\t${fact(row.completedViews)}\t${fact(row.reach)}`;
  return `${runSliceId}\t${fence}\t${names}\t${mostly}\t${sometimes}\n`;
}
