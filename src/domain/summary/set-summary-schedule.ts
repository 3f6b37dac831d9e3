import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { found } from '../errors.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import type { Organization } from '../identity/organization.entity.ts';
import { checkTimeOfDay } from '../job/check-time-of-day.ts';
import { moveAllSummaries, moveSummaries } from './schedule-summaries.ts';
import { type SummaryKind, type SummaryTimes, summaryKinds } from './summary-settings.ts';

/** What is null or left out stays. */
export interface SummaryScheduleChanges {
  time?: string | null;
  kinds?: SummaryKind[] | null;
}

/**
 * Change which summaries are made, and when, for all clients that have no schedule of their own.
 *
 * @throws {DomainError} BAD_USER_INPUT.
 */
export async function setSummarySchedule(
  em: EntityManager,
  actor: Actor,
  changes: SummaryScheduleChanges,
): Promise<Organization> {
  const organization = await lockOrganization(em, actor.organizationId);
  const before = organization.summarySchedule;
  const after = changeTimes(before, changes);
  if (isDeepStrictEqual(before, after)) return organization;
  organization.summarySchedule = after;
  await moveAllSummaries(em, organization);
  const entity = { entityType: 'Organization', entityId: organization.id };
  recordChange(em, actor, { action: 'SET_SUMMARY_SCHEDULE', ...entity, before, after });
  await em.flush();
  return organization;
}

/**
 * Change them for one client, which has a schedule of its own from then on.
 *
 * @param changes null has it follow its organization again.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT.
 */
export async function setSummaryScheduleOfClient(
  em: EntityManager,
  actor: Actor,
  clientId: string,
  changes: SummaryScheduleChanges | null,
): Promise<Client> {
  const organization = await lockOrganization(em, actor.organizationId);
  const client = found(await em.findOne(Client, clientId), 'client');
  const before = client.summarySchedule;
  const after = changes && changeTimes(before ?? organization.summarySchedule, changes);
  if (isDeepStrictEqual(before, after)) return client;
  client.summarySchedule = after;
  await moveSummaries(em, organization, [client]);
  const entity = { entityType: 'Client', entityId: clientId };
  recordChange(em, actor, { action: 'SET_SUMMARY_SCHEDULE', ...entity, before, after });
  await em.flush();
  return client;
}

function changeTimes(before: SummaryTimes, { time, kinds }: SummaryScheduleChanges): SummaryTimes {
  return {
    time: time == null ? before.time : checkTimeOfDay(time, 'time'),
    kinds: kinds ? summaryKinds.filter((kind) => kinds.includes(kind)) : before.kinds,
  };
}
