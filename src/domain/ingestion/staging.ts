import type { MediaRow } from './row-rules.ts';

/** The scratch table that rows are COPYed into, and its columns in the order of the lines of a {@link Stager}. */
export const stagingTable = 'staging.media_rows';
export const stagingColumns = [
  'run_slice_id',
  'fence',
  'path',
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

/** Writes the rows of one attempt for COPY. */
export interface Stager {
  /** One row in COPY's text format. Names hold no tab or line break by now, so only `\` needs care. */
  lineOf(runSliceId: string, row: MediaRow): string;
}

/** Paths that are remembered at once, of all slices together. */
const mostPaths = 50_000;

/**
 * Begin to write rows. The path above the creative is written with the first row of it in a slice, and is a number in
 * the others: most rows share theirs. One that was forgotten meanwhile is written again, under another number.
 */
export function createStager(fence: number): Stager {
  let slices = new Map<string, Map<string, number>>();
  let count = 0;

  /** @returns the columns of the path. */
  function pathOf(runSliceId: string, { campaign, strategy, placement }: MediaRow): string {
    const names = `${campaign}\t${strategy}\t${placement}`;
    const known = slices.get(runSliceId)?.get(names);
    if (known !== undefined) return `${known}\t\\N\t\\N\t\\N`;
    if (count % mostPaths === 0) slices = new Map();
    const paths = slices.get(runSliceId) ?? new Map<string, number>();
    slices.set(runSliceId, paths.set(names, ++count));
    return `${count}\t${escaped(names)}`;
  }

  return {
    lineOf(runSliceId, row) {
      const path = pathOf(runSliceId, row);
      const mostly = `${row.impressions}\t${fact(row.clicks)}\t${fact(row.conversions)}\t${fact(row.revenue)}`;
      const sometimes = `${fact(row.mediaCost)}\t${fact(row.completedViews)}\t${fact(row.reach)}`;
      return `${runSliceId}\t${fence}\t${path}\t${escaped(row.creative)}\t${mostly}\t${sometimes}\n`;
    },
  };
}

function escaped(names: string): string {
  return names.includes('\\') ? names.replaceAll('\\', '\\\\') : names;
}

function fact(text: string | null): string {
  return text ?? '\\N';
}
