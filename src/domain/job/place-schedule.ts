import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import { cronOfRecurrence, type Recurrence } from './recurrence.ts';
import { Schedule } from './schedule.entity.ts';
import { nextTurn } from './schedule-daily.ts';

/** Something of a client that is due by its timing, where it has one. */
export interface Timed {
  organizationId: string;
  clientId: string;
  timing: Recurrence | null;
  scheduleId: string | null;
}

/** The job that is due, and by which clock. */
export interface TimedJob {
  jobName: string;
  payload: object;
  timeZone: string;
  enabled: boolean;
}

/** Have a job made by the timing of what it is for; without one, not at all. */
export async function placeSchedule(em: EntityManager, timed: Timed, job: TimedJob): Promise<void> {
  const { organizationId, clientId, timing, scheduleId } = timed;
  if (!timing) return removeSchedule(em, timed);
  const { timeZone, enabled } = job;
  const wanted = { cron: cronOfRecurrence(timing), timeZone, enabled };
  const known = scheduleId && (await em.findOne(Schedule, scheduleId));
  const isSame =
    known && known.cron === wanted.cron && known.timeZone === timeZone && known.enabled === enabled;
  if (isSame) return;
  const nextRunAt = nextTurn({ ...wanted, jitterSeconds: 0 }, await databaseNow(em));
  if (known) {
    Object.assign(known, { ...wanted, nextRunAt });
    return;
  }
  const schedule = em.create(Schedule, {
    ...{ organizationId, clientId, feedId: null, ...wanted, nextRunAt },
    ...{ jobName: job.jobName, payload: job.payload },
  });
  // The ORM knows of no relation between the two: the schedule is to be there first.
  await em.persist(schedule).flush();
  timed.scheduleId = schedule.id;
}

export async function removeSchedule(em: EntityManager, timed: Timed): Promise<void> {
  const { scheduleId } = timed;
  if (!scheduleId) return;
  timed.scheduleId = null;
  await em.flush();
  await em.nativeDelete(Schedule, scheduleId);
}
