import { addDays, type DateRange, type LocalDate, today } from '../calendar.ts';
import type { NodeLevel } from '../media/levels.ts';
import { startOf } from '../range-preset.ts';

/** No month is archived before its days are so old, whatever is configured. */
const youngestArchivedDays = 90;

/** Whether a day can be archived. */
export function canBeArchived(date: LocalDate): boolean {
  return date <= addDays(today('UTC'), -youngestArchivedDays);
}

/**
 * The days of those whole months of a range that can be archived, for the levels whose sums by month stay
 * (`monthly_rollups`); null where there are none.
 */
export function oldMonthsOf(level: NodeLevel, { from, to }: DateRange): DateRange | null {
  if (level !== 'client' && level !== 'campaign') return null;
  const month = startOf('month', from, 1);
  // Forty days on is always in the next month.
  const first = month === from ? from : startOf('month', addDays(month, 40), 1);
  const oldest = addDays(today('UTC'), -youngestArchivedDays);
  const next = startOf('month', addDays(to < oldest ? to : oldest, 1), 1);
  return first < next ? { from: first, to: addDays(next, -1) } : null;
}
