import { badInput } from '../errors.ts';
import { checkTimeOfDay } from './check-time-of-day.ts';
import { cronOf } from './schedule-daily.ts';

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;

/** When something is due again and again, by its client's clock. */
export interface Recurrence {
  frequency: (typeof frequencies)[number];
  /** `HH:mm` */
  time: string;
  /** Of WEEKLY: 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** Of MONTHLY: 1 to 28, which every month has. */
  monthDay: number;
}

/** @throws {DomainError} BAD_USER_INPUT for what is no time, no day of a week, or not of every month. */
export function checkRecurrence({ frequency, time, weekday, monthDay }: Recurrence): Recurrence {
  if (weekday < 1 || weekday > 7) throw badInput('A week has the days 1 to 7.', 'weekday');
  if (monthDay < 1 || monthDay > 28) {
    throw badInput('Every month has the days 1 to 28.', 'monthDay');
  }
  return { frequency, time: checkTimeOfDay(time, 'time'), weekday, monthDay };
}

/** The cron expression that it is. */
export function cronOfRecurrence({ frequency, time, weekday, monthDay }: Recurrence): string {
  const daily = cronOf(time);
  if (frequency === 'WEEKLY') return daily.replace(/\*$/, String(weekday % 7));
  return frequency === 'MONTHLY' ? daily.replace('* * *', `${monthDay} * *`) : daily;
}
