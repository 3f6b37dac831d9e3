import { badInput } from '../errors.ts';

/** @returns the time. @throws {DomainError} BAD_USER_INPUT when it is not written `HH:mm`. */
export function checkTimeOfDay(time: string, field: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time;
  throw badInput(`"${time.slice(0, 20)}" is no time of day; give one such as 07:00.`, field);
}
