import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import type { Organization } from '../identity/organization.entity.ts';
import { Schedule } from '../job/schedule.entity.ts';
import { cronOf, nextTurn } from '../job/schedule-daily.ts';
import type { SummaryTimes } from './summary-settings.ts';

/** The job that a client's schedule of summaries is for. */
export const summarizing = 'summarize-client';

/** Have a client's weeks and months summed up once each is over, by its own clock. */
export async function scheduleSummaries(
  em: EntityManager,
  client: Client,
  organization: Organization,
): Promise<void> {
  const { id: clientId, organizationId } = client;
  const timing = timingOf(client, organization);
  em.create(Schedule, {
    ...{ organizationId, clientId, feedId: null, ...timing },
    ...{ jobName: summarizing, payload: { clientId } },
    nextRunAt: nextTurn({ ...timing, jitterSeconds: 0 }, await databaseNow(em)),
  });
}

/** Have the schedules of clients follow their settings, their zones and the organization's weeks. */
export async function moveSummaries(
  em: EntityManager,
  organization: Organization,
  clients: readonly Client[],
): Promise<void> {
  const now = await databaseNow(em);
  const byId = new Map(clients.map((client) => [client.id, client]));
  const where = { jobName: summarizing, clientId: { $in: [...byId.keys()] } };
  for (const schedule of await em.find(Schedule, where)) {
    const client = byId.get(String(schedule.clientId));
    if (!client) continue;
    Object.assign(schedule, timingOf(client, organization));
    schedule.nextRunAt = nextTurn(schedule, now);
  }
}

/** The same for all clients of an organization. */
export async function moveAllSummaries(
  em: EntityManager,
  organization: Organization,
): Promise<void> {
  await moveSummaries(em, organization, await em.find(Client, {}));
}

function timingOf(
  { summarySchedule, timeZone }: Client,
  organization: Organization,
): Pick<Schedule, 'cron' | 'timeZone' | 'enabled'> {
  const times = summarySchedule ?? organization.summarySchedule;
  const cron = cronsOf(times, organization.weekStartsOn).join(';');
  return { cron, timeZone, enabled: times.kinds.length > 0 };
}

/** On the first day of the next week or month, when the one before is over. Without any, one that is switched off. */
function cronsOf({ time, kinds }: SummaryTimes, weekStartsOn: number): string[] {
  const daily = cronOf(time);
  const crons = {
    WEEKLY: daily.replace(/\*$/, String(weekStartsOn)),
    MONTHLY: daily.replace('* * *', '1 * *'),
  };
  return kinds.length > 0 ? kinds.map((kind) => crons[kind]) : [daily];
}
