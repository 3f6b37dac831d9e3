import type { DateRange } from '../domain/calendar.ts';
import type { Calendar } from '../domain/range-preset.ts';
import { type RequestedRange, resolveRange } from '../domain/requested-range.ts';

/** The days of a range, as a subject counts them. @throws {DomainError} BAD_USER_INPUT. */
export async function daysOf(
  range: RequestedRange,
  subject: { calendar(): Promise<Calendar> },
): Promise<DateRange> {
  // Without a preset nobody needs to know what day it is there.
  const calendar = range.preset ? await subject.calendar() : { today: '', weekStartsOn: 1 };
  return resolveRange(range, calendar);
}
