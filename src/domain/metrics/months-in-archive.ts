import type { DateRange } from '../calendar.ts';
import type { Gap } from './find-gaps.ts';

/** A month of which days that are asked about are archived. */
export interface MonthInArchive {
  /** Its first day. */
  month: string;
  /** Whether figures contain it all the same, by its sum; else nothing of its archived days is in them. */
  isCounted: boolean;
}

/** Whether a day without data is counted by the sum of its month. @param summed whole months that are counted so. */
export function isCounted({ isSummed, date }: Gap, summed: DateRange | null): boolean {
  return isSummed && summed !== null && date >= summed.from && date <= summed.to;
}

/** The months of archived days among some days without data, in order. @param summed as of {@link isCounted}. */
export function monthsInArchive(
  gapsOfFeeds: readonly Gap[][],
  summed: DateRange | null,
): MonthInArchive[] {
  const archived = gapsOfFeeds.flat().filter(({ status }) => status === 'ARCHIVED');
  const byMonth = Map.groupBy(archived, ({ date }) => `${date.slice(0, 7)}-01`);
  return [...byMonth]
    .map(([month, gaps]) => ({ month, isCounted: gaps.every((gap) => isCounted(gap, summed)) }))
    .sort((one, other) => (one.month < other.month ? -1 : 1));
}
