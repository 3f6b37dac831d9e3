import { addDays, type DateRange, today } from '../calendar.ts';
import type { Feed } from './feed.entity.ts';

/** The days that a scheduled run looks at: those up to yesterday that may be new, late or restated. */
export function lookback(feed: Pick<Feed, 'timeZone' | 'lookbackDays'>): DateRange {
  const to = addDays(today(feed.timeZone), -1);
  return { from: addDays(to, 1 - feed.lookbackDays), to };
}
