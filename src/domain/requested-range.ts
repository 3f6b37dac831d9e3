import { checkRange, type DateRange, type LocalDate } from './calendar.ts';
import { badInput } from './errors.ts';
import { type Calendar, type RangePreset, rangeOf } from './range-preset.ts';

/** Days as they are asked for: both ends, or a preset. */
export interface RequestedRange {
  from?: LocalDate | null;
  to?: LocalDate | null;
  preset?: RangePreset | null;
}

/**
 * The days that are asked for.
 *
 * @throws {DomainError} BAD_USER_INPUT for neither or both, one end alone, a range that ends before it starts
 *   or spans over 5 years.
 */
export function resolveRange({ from, to, preset }: RequestedRange, calendar: Calendar): DateRange {
  if (preset && (from || to)) {
    throw badInput('Give a preset or the two days, not both.', 'preset', 'from', 'to');
  }
  if (preset) return rangeOf(preset, calendar);
  if (!from || !to) throw badInput('Give both days of the range, or a preset.', 'from', 'to');
  return checkRange({ from, to });
}
