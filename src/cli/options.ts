import { InvalidArgumentError } from 'commander';
import { isLocalDate, type LocalDate } from '../domain/calendar.ts';
import { parseGlobalId } from '../domain/global-id.ts';
import { uuidPattern } from '../domain/paging.ts';

/** @throws {InvalidArgumentError} when it is no day of the calendar. */
export function readDay(text: string): LocalDate {
  if (!isLocalDate(text)) {
    throw new InvalidArgumentError('It is no day of the calendar, written YYYY-MM-DD.');
  }
  return text;
}

/** @throws {InvalidArgumentError} when it is no whole number of the range. */
export function readNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return number;
  };
}

/** An id as the database or as the graph has it. @throws {InvalidArgumentError}. */
export function readId(type: string): (text: string) => string {
  return (text) => {
    if (uuidPattern.test(text)) return text.toLowerCase();
    const parsed = parseGlobalId(text);
    if (parsed?.type !== type) throw new InvalidArgumentError(`It is no id of the type ${type}.`);
    return parsed.id;
  };
}

/** As {@link readId}, for an option that may be given more than once. */
export function readIds(type: string): (text: string, before?: string[]) => string[] {
  return (text, before = []) => [...before, readId(type)(text)];
}

/** @throws {InvalidArgumentError} when it is neither an instant nor a day nor a time ago, such as `36h`. */
export function readSince(text: string): Date {
  const [, amount, unit] = spanPattern.exec(text) ?? [];
  if (amount && unit) return new Date(Date.now() - spanMs(amount, unit));
  const [day = '', time] = text.split('T');
  const instant = new Date(time === undefined ? `${day}T00:00:00Z` : text);
  if (!isLocalDate(day) || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError(
      'It must be a day (YYYY-MM-DD), an instant (2026-11-21T05:00:00Z) or how long ago (90m, 36h, 7d).',
    );
  }
  return instant;
}

/** @throws {InvalidArgumentError} when it is neither an instant to come nor how long from now, such as `4h`. */
export function readUntil(text: string): Date {
  const now = Date.now();
  const [, amount, unit] = spanPattern.exec(text) ?? [];
  const until = amount && unit ? new Date(now + spanMs(amount, unit)) : new Date(text);
  if (!(until.getTime() > now)) {
    throw new InvalidArgumentError(
      'It must be an instant to come (2026-11-21T05:00:00Z) or how long from now (90m, 4h, 2d).',
    );
  }
  return until;
}

/** A number of minutes, hours or days. */
const spanPattern = /^(\d{1,6})([mhd])$/;

function spanMs(amount: string, unit: string): number {
  return Number(amount) * (unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 86_400_000);
}

/** @throws {InvalidArgumentError} when it says nothing, or too much. */
export function readReason(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > 500) {
    throw new InvalidArgumentError('A reason has 1 to 500 characters.');
  }
  return reason;
}
