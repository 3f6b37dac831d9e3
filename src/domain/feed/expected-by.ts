import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../calendar.ts';
import { nextTurn, type Timing } from '../job/schedule-daily.ts';
import type { Feed } from './feed.entity.ts';

/**
 * Until when a day's file may come: the first turn of the feed's schedule once the day has ended, and its grace.
 *
 * @returns null for a day whose turn was before the feed was there: nobody waits for its file.
 */
export function expectedBy(
  { timeZone, graceMinutes, createdAt }: Pick<Feed, 'timeZone' | 'graceMinutes' | 'createdAt'>,
  schedule: Timing,
  date: LocalDate,
): Date | null {
  const nextDay = Temporal.PlainDate.from(date).add({ days: 1 });
  const dayEnd = nextDay.toZonedDateTime(timeZone).epochMilliseconds;
  const turn = nextTurn(schedule, new Date(dayEnd - 1));
  return turn < createdAt ? null : new Date(turn.getTime() + graceMinutes * 60_000);
}
