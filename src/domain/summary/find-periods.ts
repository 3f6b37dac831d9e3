import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange, LocalDate } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { badInput, found } from '../errors.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { Organization } from '../identity/organization.entity.ts';
import { sliceVersions } from './slice-versions.ts';
import { endedPeriods, type SummaryPeriod } from './summary-period.ts';
import type { SummaryKind } from './summary-settings.ts';

/**
 * The periods of a client that are over and whose summary is not there, or is of other data than there are by now: from
 * its first day with data on, those without any among them, but for those with archived days. Of a client that is not active, to its last day with data.
 */
export async function findStalePeriods(
  em: EntityManager,
  clientId: string,
): Promise<SummaryPeriod[]> {
  const client = await em.findOne(Client, clientId);
  const [days] = await em.execute<{ first: LocalDate | null; last: LocalDate | null }[]>(
    'select min(date) as first, max(date) as last from slices where client_id = ? and version > 0',
    [clientId],
  );
  if (!client || !days?.first || !days.last) return [];
  const calendar = await calendarOf(em, client);
  const to = client.status === 'ACTIVE' ? calendar.today : days.last;
  const { kinds } = await timesOf(em, client);
  const periods = endedPeriods(kinds, { from: days.first, to }, calendar);
  return em.execute<SummaryPeriod[]>(
    // What was known of archived days is not to be had from them any more.
    `select p.kind, p."from", p."to"
     from jsonb_to_recordset(?::jsonb) as p (kind text, "from" date, "to" date)
     cross join lateral (${sliceVersions('?::uuid', 'p."from"', 'p."to"')}) now
     left join summaries s on s.client_id = ? and s.kind = p.kind and s.from_date = p."from"
     where (s.id is null or s.slice_versions <> now.versions) and not exists (
       select from slices
       where client_id = ?::uuid and date between p."from" and p."to" and status = 'ARCHIVED'
     )
     order by p."to", p.kind`,
    [JSON.stringify(periods), clientId, clientId, clientId, clientId],
  );
}

/**
 * The periods of a client that some days belong to and that are over, whatever is known of them.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT when none is over.
 */
export async function findEndedPeriods(
  em: EntityManager,
  clientId: string,
  { kinds, ...range }: DateRange & { kinds: readonly SummaryKind[] },
): Promise<SummaryPeriod[]> {
  const client = found(await em.findOne(Client, clientId), 'client');
  const periods = endedPeriods(kinds, range, await calendarOf(em, client));
  if (periods.length > 0) return periods;
  throw badInput('None of the weeks or months that these days belong to is over.', 'range');
}

/** When which summaries of a client are made: by its own settings, else by its organization's. */
async function timesOf(em: EntityManager, client: Client) {
  const { summarySchedule } = await em.findOneOrFail(Organization, client.organizationId);
  return client.summarySchedule ?? summarySchedule;
}
