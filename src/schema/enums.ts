import { registerEnumType } from 'type-graphql';
import { clientKinds, clientStatuses } from '../domain/client/client.entity.ts';
import { problemKinds } from '../domain/client/find-problems.ts';
import { fileModes } from '../domain/feed/feed.entity.ts';
import { healthComponentNames, healthStatuses, healthUnits } from '../domain/health/component.ts';
import { invitationStatuses } from '../domain/identity/invitation.entity.ts';
import { roles } from '../domain/identity/membership.entity.ts';
import { severities } from '../domain/identity/organization.entity.ts';
import { runTriggers } from '../domain/ingestion/ingestion-run.entity.ts';
import { comparisonRules } from '../domain/ingestion/row-rules.ts';
import { runSliceStatuses } from '../domain/ingestion/run-slice.entity.ts';
import { runStatuses } from '../domain/ingestion/run-status.ts';
import { dayStatuses } from '../domain/ingestion/trace-provenance.ts';
import { jobStatuses } from '../domain/job/job-run.entity.ts';
import { workerStatuses } from '../domain/job/list-workers.ts';
import { mailStatuses } from '../domain/mail/mail.entity.ts';
import { mediaOrderFields, sortDirections } from '../domain/media/media-order.ts';
import { mediaStatuses } from '../domain/media/media-status.ts';
import { columnTypes, columnUnits } from '../domain/metric-rows/columns.ts';
import { type DimensionKey, dimensions } from '../domain/metric-rows/dimensions.ts';
import { periodStatuses } from '../domain/metrics/build-series.ts';
import { changeGaps, comparisonPeriods } from '../domain/metrics/compare-metrics.ts';
import { gapStatuses } from '../domain/metrics/find-gaps.ts';
import { grains } from '../domain/metrics/period-of.ts';
import { type MetricKey, metrics } from '../domain/metrics/registry.ts';
import { rangePresets } from '../domain/range-preset.ts';
import { serviceTokenScopes } from '../domain/service-token/service-token.entity.ts';
import { sessionEndings } from '../domain/session/session.entity.ts';

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
export const InvitationStatusEnum = enumOf(
  invitationStatuses,
  'InvitationStatus',
  'What has become of an invitation.',
  {
    PENDING: 'Its link can be used.',
    ACCEPTED: 'Its link was used.',
    REVOKED: 'Its link is void.',
    EXPIRED: 'Its link came too late; another can be sent.',
  },
);
export const MailStatusEnum = enumOf(mailStatuses, 'MailStatus', 'What has become of a mail.', {
  QUEUED: 'It is to be sent.',
  SENT: 'The mail server has accepted it.',
  FAILED: 'The mail server refused it, for good or too often.',
  CANCELLED: 'It was no longer wanted before it was sent.',
});
export const ServiceTokenScopeEnum = enumOf(
  serviceTokenScopes,
  'ServiceTokenScope',
  'What a service token may do. None of these administers.',
  {
    READ: 'Reads as an analyst does or, limited to clients, as their users do.',
    INGEST: 'Starts ingestion runs, and cancels and retries their jobs. Reads nothing by itself.',
  },
);
export const SessionEndingEnum = enumOf(
  sessionEndings,
  'SessionEnding',
  'Why a session was ended before its time.',
  {
    SIGNED_OUT: 'By who signed in.',
    REVOKED: 'By them elsewhere, or by an admin.',
    REFRESH_REUSED: 'A refresh token that was traded before came again: somebody else has it.',
    PASSWORD_CHANGED: 'Their password was changed.',
    USER_DEACTIVATED: 'They were deactivated.',
    CLIENT_DISABLED: 'The last client that they see was disabled.',
    OPERATOR: 'By who runs this installation.',
  },
);
export const ClientKindEnum = enumOf(clientKinds, 'ClientKind', 'How a client is served.', {
  AGENCY_CLIENT: 'Served by an agency.',
  INDIVIDUAL: 'An advertiser of its own.',
});
export const ClientStatusEnum = enumOf(clientStatuses, 'ClientStatus', "A client's state.", {
  ACTIVE: 'Loaded and reported.',
  DISABLED: 'Its users cannot sign in and nothing is loaded; its data stays.',
  ARCHIVED: 'Kept, but out of the way; nothing is loaded.',
});
export const MediaStatusEnum = enumOf(mediaStatuses, 'MediaStatus', 'Whether media run.', {
  ACTIVE: "Impressions within the last 7 days, by the client's time zone.",
  ENDED: 'None.',
  ARCHIVED: 'It, or what it belongs to, was archived by hand.',
});
export const MediaOrderFieldEnum = enumOf(
  mediaOrderFields,
  'MediaOrderField',
  'What clients and media are ordered by.',
  {
    NAME: 'By name, as its characters are numbered: capitals first.',
    CREATED_AT: 'By when they were first seen.',
    METRIC:
      'By a metric over a range, amounts as numbers whatever their currency; what is undefined comes last either way.',
  },
);
export const SortDirectionEnum = enumOf(
  sortDirections,
  'SortDirection',
  'Which way an order goes.',
  {
    ASC: 'Upwards.',
    DESC: 'Downwards.',
  },
);
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
const gapMeanings = {
  MISSING: 'There was no file.',
  HELD: 'The file waits for an admin.',
  FAILED: 'The file could not be used.',
  PENDING: 'Not loaded yet.',
  BEFORE_FIRST_DATA: "Before the feed's first day.",
};
export const GapStatusEnum = enumOf(
  gapStatuses,
  'GapStatus',
  'Why a day has no data.',
  gapMeanings,
);
export const DayStatusEnum = enumOf(
  dayStatuses,
  'DayStatus',
  'That a day of a feed has data, or why it has none.',
  { APPLIED: 'It has data.', ...gapMeanings },
);
export const PeriodStatusEnum = enumOf(
  periodStatuses,
  'PeriodStatus',
  'How much data there is of some days; where there is none, why.',
  {
    COMPLETE: 'All that is to be expected.',
    PARTIAL: 'Some of it.',
    ...gapMeanings,
  },
);
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
export const HealthStatusEnum = enumOf(healthStatuses, 'HealthStatus', 'How a component does.', {
  OK: 'As it should.',
  DEGRADED: 'It works, but slowly, not fully, or not for long.',
  FAILING: 'It does not work.',
  UNKNOWN: 'There is nothing to judge it by.',
});
export const HealthUnitEnum = enumOf(
  healthUnits,
  'HealthUnit',
  'What a component is measured in.',
  {
    MILLISECONDS: 'How long it took to answer.',
    SHARE: 'From 0 to 1.',
    COUNT: 'How many.',
    HOURS: 'How late.',
  },
);
export const HealthComponentNameEnum = enumOf(
  healthComponentNames,
  'HealthComponentName',
  'What must work.',
  {
    DATABASE: 'The database: DEGRADED over 1,000 ms, FAILING without an answer within 2 s.',
    QUEUE: 'The queue: DEGRADED over 100 ms, FAILING without an answer within 2 s.',
    QUEUE_MEMORY: "The queue's memory, where it has a limit of its own: DEGRADED over 90 %.",
    STORAGE: 'The bucket of archived files: FAILING without an answer within 2 s.',
    WORKERS:
      'Workers that give signs of life: FAILING without one, DEGRADED where a queue has none or versions differ.',
    DATA_DISK: "The server's disk of embedded services: DEGRADED over 80 %, FAILING over 90 %.",
    TEMPORARY_DISK: "The server's disk of temporary files: DEGRADED over 80 %, FAILING over 90 %.",
    MEMORY: "Memory of the server's machine or container: DEGRADED over 80 %, FAILING over 90 %.",
    STUCK_JOBS: "The organization's jobs that run for over 2 h: DEGRADED when there is one.",
    FAILED_JOBS:
      "Share of the organization's jobs that failed, of those that succeeded or failed in the last hour: DEGRADED over 10 %, FAILING over 50 %.",
    FEEDS:
      "Hours since the first day that one of the organization's feeds has not loaded ended, of the latest feed: DEGRADED over 26.",
    PLATFORM:
      "Share of the organization's loads from a source in the last 24 hours that failed because it did not answer: DEGRADED over 10 %, FAILING over 50 %.",
  },
);
export const ProblemKindEnum = enumOf(
  problemKinds,
  'ProblemKind',
  "What can be wrong with a client's data.",
  {
    BEHIND: 'A day is overdue.',
    HELD: 'Recent days wait for an admin.',
    FAILED: 'Files of recent days could not be used.',
    MISSING: 'There was no file for recent days.',
  },
);
export const GrainEnum = enumOf(grains, 'Grain', 'How long the periods of a series are.', {
  DAY: 'Days.',
  WEEK: 'Weeks, which start on the day that the organization says.',
  MONTH: 'Calendar months.',
});
export const ComparisonPeriodEnum = enumOf(
  comparisonPeriods,
  'ComparisonPeriod',
  'A range before another one.',
  {
    PREVIOUS_PERIOD:
      'As many days just before it; of a preset such as MONTH_TO_DATE the same days of the month before.',
    PREVIOUS_YEAR: 'The same days of the year before.',
  },
);
export const ChangeGapEnum = enumOf(changeGaps, 'ChangeGap', 'Why a change is not a number.', {
  NO_VALUE: 'There is no value: not reported, or nothing to divide by.',
  NO_BASE: 'There is nothing to compare with: not reported, or nothing to divide by.',
  ZERO_BASE: 'What it is compared with is zero; the absolute change stands.',
});
export const RangePresetEnum = enumOf(
  rangePresets,
  'RangePreset',
  "Days counted from today in the client's time zone, where one is asked for, else in the organization's. The last days end yesterday.",
  {
    TODAY: 'Today, which is not over.',
    LAST_WEEK: 'The whole week before this one.',
    LAST_MONTH: 'The whole month before this one.',
    LAST_QUARTER: 'The whole quarter before this one.',
    LAST_YEAR: 'The whole year before this one.',
    WEEK_TO_DATE: 'Since the week began; on its first day, that day.',
    MONTH_TO_DATE: 'Since the month began; on its first day, that day.',
    QUARTER_TO_DATE: 'Since the quarter began; on its first day, that day.',
    YEAR_TO_DATE: 'Since the year began; on its first day, that day.',
  },
);

export const ColumnTypeEnum = enumOf(columnTypes, 'ColumnType', 'What the cells of a column are.', {
  DATE: 'A day, as text: 2026-11-21.',
  TEXT: 'Text.',
  ID: 'An id of the graph.',
  INTEGER: 'A whole number; as text where it passes 2^53.',
  DECIMAL: 'An exact decimal, as text.',
  FLOAT: 'A number.',
});
export const ColumnUnitEnum = enumOf(columnUnits, 'ColumnUnit', 'What a metric is counted in.', {
  COUNT: 'Pieces.',
  CURRENCY: 'Units of the currency.',
  FRACTION: 'A share: 0.02 is 2 %.',
  MULTIPLE: 'How many times: 4.2 is 4.2 x.',
});

/** Metrics by their names; the values are their keys in the registry. */
export const MetricNameEnum = namesOf<MetricKey>(metrics, 'MetricName', 'A metric.');
/** Dimensions by their names; the values are their keys. */
export const DimensionEnum = namesOf<DimensionKey>(
  dimensions,
  'Dimension',
  'What metrics can be broken down by.',
);

/** A GraphQL enum of the entries of a registry, whose keys are its inner values. */
function namesOf<Key extends string>(
  registry: Record<Key, { description: string }>,
  name: string,
  description: string,
): Record<string, Key> {
  const entries = Object.entries<{ description: string }>(registry);
  const type = Object.fromEntries(entries.map(([key]) => [constantCase(key), key as Key]));
  const valuesConfig = Object.fromEntries(
    entries.map(([key, entry]) => [constantCase(key), { description: entry.description }]),
  );
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

function constantCase(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
}
