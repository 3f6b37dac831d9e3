import { addDays, type DateRange, type LocalDate } from '../calendar.ts';
import { type Calendar, startOf } from '../range-preset.ts';
import type { SummaryKind } from './summary-settings.ts';

/** A whole week or month. */
export interface SummaryPeriod extends DateRange {
  kind: SummaryKind;
}

/** The week or month that a day belongs to. @param weekStartsOn 1 for Monday, 0 for Sunday. */
export function periodAt(kind: SummaryKind, day: LocalDate, weekStartsOn: number): SummaryPeriod {
  if (kind === 'WEEKLY') {
    const from = startOf('week', day, weekStartsOn);
    return { kind, from, to: addDays(from, 6) };
  }
  const from = startOf('month', day, weekStartsOn);
  // The 32nd day is always of the next month.
  return { kind, from, to: addDays(startOf('month', addDays(from, 31), weekStartsOn), -1) };
}

/** The periods that some days belong to and that are over, the earliest first. */
export function endedPeriods(
  kinds: readonly SummaryKind[],
  { from, to }: DateRange,
  { today, weekStartsOn }: Calendar,
): SummaryPeriod[] {
  const periods = kinds.flatMap((kind) => {
    const ofKind: SummaryPeriod[] = [];
    let period = periodAt(kind, from, weekStartsOn);
    while (period.from <= to && period.to < today) {
      ofKind.push(period);
      period = periodAt(kind, addDays(period.to, 1), weekStartsOn);
    }
    return ofKind;
  });
  return periods.toSorted((one, other) => one.to.localeCompare(other.to));
}
