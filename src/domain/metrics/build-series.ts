import { addDays, countDays, type DateRange, type LocalDate } from '../calendar.ts';
import { startOf } from '../range-preset.ts';
import { type Gap, gapStatuses, isAwaited } from './find-gaps.ts';
import { gapWords } from './gap-words.ts';
import { isCounted } from './months-in-archive.ts';
import type { Grain } from './period-of.ts';
import type { Totals } from './totals.ts';

/** How much of a period there is data for; where there is none, why. */
export const periodStatuses = [
  ...(['COMPLETE', 'PARTIAL'] as const),
  ...(['ARCHIVED', 'HELD', 'FAILED', 'MISSING', 'PENDING', 'BEFORE_FIRST_DATA', 'ENDED'] as const),
] as const satisfies readonly ('COMPLETE' | 'PARTIAL' | (typeof gapStatuses)[number])[];
type PeriodStatus = (typeof periodStatuses)[number];

/** Whether there is all the data that is to be expected of some days. */
export interface Coverage {
  status: PeriodStatus;
  /** What is missing, in words; null when nothing is. */
  reason: string | null;
}

/** A period of a series: its days that lie in the range, and their totals; null where there is no data. */
export interface SeriesPoint extends DateRange, Coverage {
  totals: Totals | null;
}

/**
 * The points of a series, one for each day, week or month of a range.
 *
 * A period without data has no totals, but says why; one with data in which a node has no row has zeros.
 *
 * @param totals by the first day of their period.
 * @param gapsOfFeeds of every feed that could deliver, its days of the range without data, in order.
 */
export function buildSeries(
  range: DateRange & { grain: Grain; weekStartsOn: number },
  totals: ReadonlyMap<LocalDate, Totals>,
  gapsOfFeeds: readonly Gap[][],
): SeriesPoint[] {
  const points: SeriesPoint[] = [];
  for (let from = range.from; from <= range.to; ) {
    const period = periodAt(from, range);
    const to = period.to < range.to ? period.to : range.to;
    const coverage = coverageOf({ from, to }, gapsOfFeeds);
    const hasData = coverage.status === 'COMPLETE' || coverage.status === 'PARTIAL';
    const isCut = from > period.from || to < period.to;
    points.push({
      ...{ from, to },
      ...(isCut && coverage.status === 'COMPLETE' ? cutBy(period, { from, to }) : coverage),
      // Of an archived month, sums may be there all the same.
      totals: totals.get(period.from) ?? (hasData ? [] : null),
    });
    from = addDays(to, 1);
  }
  return points;
}

/**
 * How much of what is to be expected of some days has been loaded. Days before a feed's first are not
 * expected of it where another feed has begun; days before all feeds' first are days without data. Nothing is
 * expected of a feed that has ended.
 */
export function coverageOf(days: DateRange, gapsOfFeeds: readonly Gap[][]): Coverage {
  const gaps = gapsOfFeeds.flatMap((ofFeed) =>
    ofFeed.filter(({ date }) => date >= days.from && date <= days.to),
  );
  // Mostly nothing is missing.
  if (gaps.length === 0 && gapsOfFeeds.length > 0) return { status: 'COMPLETE', reason: null };
  const loaded = gapsOfFeeds.length * countDays(days) - gaps.length;
  const unexpected = gaps.filter(isAwaited);
  const begins = firstDayOf(days, gapsOfFeeds);
  if (loaded > 0 && unexpected.length === 0 && begins === days.from) {
    return { status: 'COMPLETE', reason: null };
  }
  if (loaded > 0) {
    const reason = unexpected.length > 0 ? describe(unexpected) : `Data begin on ${begins}.`;
    return { status: 'PARTIAL', reason };
  }
  const status = periodStatuses.find((each) => gaps.some((gap) => gap.status === each));
  return { status: status ?? 'BEFORE_FIRST_DATA', reason: describe(unexpected) };
}

/**
 * Whether more than half of some days have no data of any feed.
 *
 * @param summed archived months whose sums stand for their days, where they are kept.
 */
export function lacksMostOf(
  days: DateRange,
  gapsOfFeeds: readonly Gap[][],
  summed: DateRange | null = null,
): boolean {
  const [first = [], ...others] = gapsOfFeeds.map(
    (gaps) => new Set(gaps.filter((gap) => !isCounted(gap, summed)).map(({ date }) => date)),
  );
  const without = [...first].filter(
    (date) =>
      date >= days.from && date <= days.to && others.every((ofAnother) => ofAnother.has(date)),
  );
  return without.length * 2 > countDays(days);
}

/** The first of some days that lies not before the first data of every feed. */
function firstDayOf({ from, to }: DateRange, gapsOfFeeds: readonly Gap[][]): LocalDate {
  const daysBefore = gapsOfFeeds.map(
    (gaps) =>
      gaps.filter(
        ({ date, status }) => status === 'BEFORE_FIRST_DATA' && date >= from && date <= to,
      ).length,
  );
  return addDays(from, Math.min(...daysBefore, countDays({ from, to })));
}

/** The whole period that a day belongs to. */
function periodAt(
  date: LocalDate,
  { grain, weekStartsOn }: { grain: Grain; weekStartsOn: number },
): DateRange {
  if (grain === 'DAY') return { from: date, to: date };
  const unit = grain === 'WEEK' ? 'week' : 'month';
  const from = startOf(unit, date, weekStartsOn);
  // Forty days on is always in the next month, and always in a later week.
  const next = grain === 'WEEK' ? addDays(from, 7) : startOf('month', addDays(from, 40), 1);
  return { from, to: addDays(next, -1) };
}

function cutBy(period: DateRange, days: DateRange): Coverage {
  const outside = countDays(period) - countDays(days);
  return {
    status: 'PARTIAL',
    reason: `${outside} of its ${countDays(period)} days lie outside the range.`,
  };
}

function describe(gaps: readonly Gap[]): string | null {
  const [first] = gaps;
  if (!first) return null;
  const isOne = gaps.every(({ date, status }) => date === first.date && status === first.status);
  if (isOne && first.reason) return `${first.date}, ${first.feedName}: ${first.reason}`;
  const counts = gapStatuses
    .map((status) => [gaps.filter((gap) => gap.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} (${gapWords[status]})`);
  return `Days of feeds without data: ${counts.join(', ')}; the first is ${first.date}, ${first.feedName}.`;
}
