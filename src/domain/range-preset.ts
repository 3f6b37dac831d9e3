import { Temporal } from 'temporal-polyfill';
import { addDays, type DateRange, type LocalDate } from './calendar.ts';

/** Ranges that are counted from today. All but TODAY end yesterday at the latest: today is not over. */
export const rangePresets = [
  ...(['TODAY', 'YESTERDAY', 'LAST_7_DAYS', 'LAST_14_DAYS', 'LAST_28_DAYS'] as const),
  ...(['LAST_30_DAYS', 'LAST_90_DAYS', 'WEEK_TO_DATE', 'LAST_WEEK', 'MONTH_TO_DATE'] as const),
  ...(['LAST_MONTH', 'QUARTER_TO_DATE', 'LAST_QUARTER', 'YEAR_TO_DATE', 'LAST_YEAR'] as const),
] as const;
export type RangePreset = (typeof rangePresets)[number];

/** When it is, for one who counts days. */
export interface Calendar {
  today: LocalDate;
  /** 1 for Monday, 0 for Sunday. */
  weekStartsOn: number;
}

type Unit = 'week' | 'month' | 'quarter' | 'year';

const calendarUnits: Partial<Record<RangePreset, { unit: Unit; isToDate: boolean }>> = {
  WEEK_TO_DATE: { unit: 'week', isToDate: true },
  LAST_WEEK: { unit: 'week', isToDate: false },
  MONTH_TO_DATE: { unit: 'month', isToDate: true },
  LAST_MONTH: { unit: 'month', isToDate: false },
  QUARTER_TO_DATE: { unit: 'quarter', isToDate: true },
  LAST_QUARTER: { unit: 'quarter', isToDate: false },
  YEAR_TO_DATE: { unit: 'year', isToDate: true },
  LAST_YEAR: { unit: 'year', isToDate: false },
};

/**
 * The days of a preset.
 *
 * What goes to date ends yesterday; on the first day of its week, month, quarter or year it is that day alone.
 */
export function rangeOf(preset: RangePreset, { today, weekStartsOn }: Calendar): DateRange {
  const yesterday = addDays(today, -1);
  if (preset === 'TODAY') return { from: today, to: today };
  const calendar = calendarUnits[preset];
  if (!calendar) return { from: addDays(today, -daysOf(preset)), to: yesterday };
  const { unit, isToDate } = calendar;
  const start = startOf(unit, today, weekStartsOn);
  if (isToDate) return { from: start, to: start === today ? today : yesterday };
  return { from: startOf(unit, addDays(start, -1), weekStartsOn), to: addDays(start, -1) };
}

/**
 * The range that one is compared with as its previous period.
 *
 * A week, month, quarter or year to date has the same days of the one before (as far as that has them), a
 * whole one the whole one before; any other range the same number of days just before it.
 */
export function previousPeriod(range: DateRange, preset: RangePreset | null): DateRange {
  const unit = preset && calendarUnits[preset]?.unit;
  const days = Temporal.PlainDate.from(range.from).until(range.to).days + 1;
  if (!unit || unit === 'week') {
    const back = unit ? 7 : days;
    return { from: addDays(range.from, -back), to: addDays(range.to, -back) };
  }
  const back = { months: { month: 1, quarter: 3, year: 12 }[unit] };
  const from = Temporal.PlainDate.from(range.from).subtract(back);
  if (!calendarUnits[preset]?.isToDate) {
    return { from: from.toString(), to: addDays(range.from, -1) };
  }
  return { from: from.toString(), to: Temporal.PlainDate.from(range.to).subtract(back).toString() };
}

/** The same days of the year before; the 29th of February has the 28th. */
export function previousYear({ from, to }: DateRange): DateRange {
  const back = (date: LocalDate) => Temporal.PlainDate.from(date).subtract({ years: 1 }).toString();
  return { from: back(from), to: back(to) };
}

function daysOf(preset: RangePreset): number {
  return preset === 'YESTERDAY' ? 1 : Number(/^LAST_(\d+)_DAYS$/.exec(preset)?.[1]);
}

/** The first day of the week, month, quarter or year that a day belongs to. */
export function startOf(unit: Unit, date: LocalDate, weekStartsOn: number): LocalDate {
  const day = Temporal.PlainDate.from(date);
  if (unit === 'week') return addDays(date, -((day.dayOfWeek - weekStartsOn + 7) % 7));
  const month =
    unit === 'year' ? 1 : unit === 'quarter' ? day.month - ((day.month - 1) % 3) : day.month;
  return day.with({ month, day: 1 }).toString();
}
