import { registerEnumType } from 'type-graphql';
import { clientKinds, clientStatuses } from '../domain/client/client.entity.ts';
import { fileModes } from '../domain/feed/feed.entity.ts';
import { roles } from '../domain/identity/membership.entity.ts';
import { severities } from '../domain/identity/organization.entity.ts';
import { runTriggers } from '../domain/ingestion/ingestion-run.entity.ts';
import { comparisonRules } from '../domain/ingestion/row-rules.ts';
import { runSliceStatuses } from '../domain/ingestion/run-slice.entity.ts';
import { runStatuses } from '../domain/ingestion/run-status.ts';
import { jobStatuses } from '../domain/job/job-run.entity.ts';
import { workerStatuses } from '../domain/job/list-workers.ts';
import { gapStatuses } from '../domain/metrics/find-gaps.ts';

/** A GraphQL enum of the values that the domain knows. */
function enumOf<T extends string>(
  values: readonly T[],
  name: string,
  description: string,
  meanings: Partial<Record<T, string>> = {},
): Record<T, T> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(
    Object.entries(meanings).map(([value, meaning]) => [value, { description: String(meaning) }]),
  ) as Partial<Record<T, { description: string }>>;
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

export const RoleEnum = enumOf(roles, 'Role', 'What a member of an organization may do.', {
  OWNER: 'Everything.',
  ADMIN: 'Everything but the organization itself.',
  ANALYST: 'Reads all clients.',
  CLIENT: 'Reads its own clients only.',
});
export const ClientKindEnum = enumOf(clientKinds, 'ClientKind', 'How a client is served.', {
  AGENCY_CLIENT: 'Served by an agency.',
  INDIVIDUAL: 'An advertiser of its own.',
});
export const ClientStatusEnum = enumOf(clientStatuses, 'ClientStatus', "A client's state.", {
  ACTIVE: 'Loaded and reported.',
  DISABLED: 'Its users cannot sign in and nothing is loaded; its data stays.',
  ARCHIVED: 'Kept, but out of the way; nothing is loaded.',
});
export const FileModeEnum = enumOf(fileModes, 'FileMode', 'Which objects of a day are the day.', {
  LATEST: 'The newest one.',
  PARTS: 'All of them together.',
});
export const JobStatusEnum = enumOf(jobStatuses, 'JobStatus', 'Where a job is in its life.', {
  QUEUED: 'Waiting for a worker, or for its next attempt.',
  RUNNING: 'A worker is at it.',
  SUCCEEDED: 'Done.',
  FAILED: 'Given up; the error says why.',
  CANCELLED: 'Ended because somebody asked for it.',
});
export const WorkerStatusEnum = enumOf(workerStatuses, 'WorkerStatus', 'Whether a worker works.', {
  ALIVE: 'It gives signs of life.',
  LOST: 'It fell silent; others take its jobs over.',
  STOPPED: 'It was stopped in order.',
});
export const RunTriggerEnum = enumOf(runTriggers, 'RunTrigger', 'What started an ingestion run.', {
  MANUAL: 'A person or a program, through the API.',
  SCHEDULE: "The feed's schedule.",
  APPROVAL: 'The approval of a run that was held.',
});
export const RunStatusEnum = enumOf(
  runStatuses,
  'RunStatus',
  'Where an ingestion run is, or what it came to.',
  {
    QUEUED: 'Waiting for a worker.',
    RUNNING: 'Being loaded.',
    SUCCEEDED: 'Every day is loaded.',
    PARTIAL: 'Some days are loaded; the slices tell of the others.',
    HELD: 'At least one day waits for an admin, since it would replace much by little.',
    MISSING: 'There was no file for any day.',
    FAILED: 'No day could be loaded.',
    CANCELLED: 'Ended because somebody asked for it; days that were applied stay.',
  },
);
export const RunSliceStatusEnum = enumOf(
  runSliceStatuses,
  'RunSliceStatus',
  'What an ingestion run did to one day.',
  {
    PENDING: 'Not reached yet.',
    APPLIED: 'The day was replaced by what the file says.',
    UNCHANGED: 'The file says what was there already.',
    HELD: 'The file would replace much by little; an admin must approve it.',
    SUPERSEDED: 'A newer file was applied before.',
    MISSING: 'There is no file.',
    FAILED: 'The file cannot be used; nothing changed.',
  },
);
export const GapStatusEnum = enumOf(gapStatuses, 'GapStatus', 'Why a day has no data.', {
  MISSING: 'There was no file.',
  HELD: 'The file waits for an admin.',
  FAILED: 'The file could not be used.',
  PENDING: 'Not loaded yet.',
  BEFORE_FIRST_DATA: "Before the feed's first day.",
});
export const SeverityEnum = enumOf(severities, 'Severity', 'How a rule is taken.', {
  ERROR: 'A row that breaks it is rejected.',
  WARNING: 'A row that breaks it is loaded, and counted.',
});
export const ComparisonRuleEnum = enumOf(
  comparisonRules,
  'ComparisonRule',
  'A rule that compares facts of one row.',
  {
    CLICKS_EXCEED_IMPRESSIONS: 'More clicks than impressions.',
    CONVERSIONS_EXCEED_CLICKS: 'More conversions than clicks.',
    CTR_DIFFERS: 'A CTR of its own that is not clicks / impressions.',
  },
);
