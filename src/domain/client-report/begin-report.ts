import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { found, tooOften } from '../errors.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { type RequestedRange, resolveRange } from '../requested-range.ts';
import { roleFor } from './check-definition.ts';
import { IssuedReport } from './issued-report.entity.ts';
import { ReportDefinition } from './report-definition.entity.ts';

/** Reports of one definition that may be under way at once, and be asked for within an hour: each is mailed to many. */
const [mostOpen, mostHourly] = [20, 50];
const [minute, hour] = [60_000, 3_600_000];

export interface WantedReport {
  definitionId: string;
  /** Other days than the definition's. */
  range?: RequestedRange | null;
}

/**
 * Put a report on its way, by hand.
 *
 * @param enqueue adds the job that issues it; returns the id of its run.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for days that cannot be; RATE_LIMITED.
 */
export async function askForReport(
  em: EntityManager,
  actor: Actor,
  { definitionId, range }: WantedReport,
  enqueue: (definition: ReportDefinition) => Promise<string>,
): Promise<IssuedReport> {
  const wanted = { id: definitionId, removedAt: null };
  const definition = found(await em.findOne(ReportDefinition, wanted), 'report');
  // Who asks many times at once takes turns.
  await em.execute('select from report_definitions where id = ? for no key update', [definitionId]);
  const [asked] = await em.execute<{ open: number; hourly: number }[]>(
    `select count(*) filter (where j.status in ('QUEUED', 'RUNNING'))::int as open,
       count(*) filter (where r.requested_by is not null and r.created_at > now() - interval '1 hour')::int as hourly
     from issued_reports r left join job_runs j on j.id = r.job_run_id
     where r.definition_id = ?`,
    [definitionId],
  );
  if ((asked?.open ?? 0) >= mostOpen) throw tooOften('reports under way', minute);
  if ((asked?.hourly ?? 0) >= mostHourly) throw tooOften('reports within an hour', hour);
  const days = range ?? { preset: definition.rangePreset };
  const client = await em.findOneOrFail(Client, definition.clientId);
  const { from, to } = resolveRange(days, await calendarOf(em, client));
  const jobRunId = await enqueue(definition);
  // The ORM knows of no relation between the two: the job is to be there first.
  await em.flush();
  const { userId: requestedBy } = actor;
  const rangePreset = days.preset ?? null;
  const report = draft(em, definition, { from, to, rangePreset, requestedBy, jobRunId });
  recordChange(em, actor, {
    ...{ action: 'ISSUE', entityType: 'IssuedReport', entityId: report.id, before: null },
    after: { clientId: definition.clientId, definitionId, name: definition.name, from, to },
  });
  await em.flush();
  return report;
}

/**
 * The report that a job is to issue: the one that was asked for or, on schedule, one of the days that its definition
 * tells. A job that is tried again goes on with the same.
 *
 * @returns null where there is nothing to issue any more, no day of it is over, or the client is not active.
 */
export async function beginReport(
  em: EntityManager,
  definitionId: string,
  jobRunId: string,
): Promise<IssuedReport | null> {
  const known = await em.findOne(IssuedReport, { jobRunId });
  if (known) return known;
  const definition = await em.findOne(ReportDefinition, { id: definitionId, removedAt: null });
  if (!definition?.enabled) return null;
  const { clientId, rangePreset } = definition;
  const client = await em.findOneOrFail(Client, clientId);
  if (client.status !== 'ACTIVE') return null;
  const calendar = await calendarOf(em, client);
  const { from, to } = resolveRange({ preset: rangePreset }, calendar);
  // What goes to date is that day alone on its first day, of which there is nothing to tell yet.
  if (rangePreset !== 'TODAY' && to >= calendar.today) return null;
  const report = draft(em, definition, { from, to, rangePreset, requestedBy: null, jobRunId });
  await em.flush();
  return report;
}

function draft(
  em: EntityManager,
  definition: ReportDefinition,
  {
    from,
    to,
    ...own
  }: { from: string; to: string } & Pick<IssuedReport, 'rangePreset' | 'requestedBy' | 'jobRunId'>,
): IssuedReport {
  const { organizationId, clientId, name, dimensions, metrics, sections } = definition;
  const { id: definitionId, format, locale } = definition;
  return em.create(IssuedReport, {
    ...{
      id: randomUUID(),
      organizationId,
      clientId,
      definitionId,
      name,
      fromDate: from,
      toDate: to,
    },
    ...{ dimensions, metrics, sections, format, locale, forRole: roleFor(definition), ...own },
    ...{ figures: null, sliceVersions: null, rowCount: null, fileId: null, sha256: null },
    issuedAt: null,
  });
}
