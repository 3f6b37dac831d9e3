import type { DateRange } from '../domain/calendar.ts';
import type { Calendar } from '../domain/range-preset.ts';
import { type RequestedRange, resolveRange } from '../domain/requested-range.ts';

/**
 * The days of a range.
 *
 * @param subject whose calendar presets count by; nobody else needs to know what day it is there.
 * @throws {DomainError} BAD_USER_INPUT.
 */
export async function daysOf(
  range: RequestedRange,
  subject?: { calendar(): Promise<Calendar> },
): Promise<DateRange> {
  const calendar = range.preset ? await subject?.calendar() : undefined;
  return resolveRange(range, calendar ?? { today: '', weekStartsOn: 1 });
}
