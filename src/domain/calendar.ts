import { Temporal } from 'temporal-polyfill';
import { badInput } from './errors.ts';

/** A calendar day, `YYYY-MM-DD`; it never passes through UTC or `Date`. */
export type LocalDate = string;

/** Days from `from` to `to`, both included. */
export interface DateRange {
  from: LocalDate;
  to: LocalDate;
}

const longestRangeDays = 5 * 366;

/** The day it is now in a time zone (IANA name). */
export function today(timeZone: string): LocalDate {
  return Temporal.Now.plainDateISO(timeZone).toString();
}

/** The day `days` after (or, negative, before) `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date((dayNumber(date) + days) * dayMs).toISOString().slice(0, 10);
}

/** Number of days in a range. */
export function countDays({ from, to }: DateRange): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

const dayMs = 86_400_000;

/** Days since 1970: plain counting, in no time zone, and a hundred times as fast as with Temporal. */
export function dayNumber(date: LocalDate): number {
  return (
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / dayMs
  );
}

/** Every day of a range, in order. */
export function eachDay(range: DateRange): LocalDate[] {
  return Array.from({ length: countDays(range) }, (_, index) => addDays(range.from, index));
}

/** Day of the week: 1 is Monday, 7 is Sunday. */
export function dayOfWeek(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** Whether a text is a day of the calendar, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** @returns the range. @throws {DomainError} BAD_USER_INPUT when the range ends before it starts or spans over 5 years. */
export function checkRange(range: DateRange): DateRange {
  if (range.to < range.from) {
    throw badInput(`The range ends (${range.to}) before it starts (${range.from}).`, 'from', 'to');
  }
  checkYear(range.from, 'from');
  checkYear(range.to, 'to');
  if (countDays(range) > longestRangeDays) {
    throw badInput('A range may span at most 5 years.', 'from', 'to');
  }
  return range;
}

/** @returns the day. @throws {DomainError} BAD_USER_INPUT when it is not of the years 1900 to 2199. */
export function checkYear(date: LocalDate, field: string): LocalDate {
  if (date < '1900-01-01' || date > '2199-12-31') {
    throw badInput(`${date} is not a day of the years 1900 to 2199.`, field);
  }
  return date;
}

/** @returns the name. @throws {DomainError} BAD_USER_INPUT when it is not that of a time zone. */
export function checkTimeZone(timeZone: string): string {
  try {
    // An offset such as +05:30 would do for Intl, but not across changes of the clock.
    if (!/^[a-z]/i.test(timeZone)) throw new RangeError();
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone && timeZone;
  } catch {
    throw badInput(
      `"${timeZone}" is not a time zone; give one such as America/New_York.`,
      'timeZone',
    );
  }
}
