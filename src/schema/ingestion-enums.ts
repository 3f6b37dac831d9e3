import { feedOrigins, fileModes } from '../domain/feed/feed.entity.ts';
import { severities } from '../domain/identity/organization.entity.ts';
import { backfillStatuses } from '../domain/ingestion/backfill.entity.ts';
import { runTriggers } from '../domain/ingestion/ingestion-run.entity.ts';
import { comparisonRules } from '../domain/ingestion/row-problem.ts';
import { runSliceStatuses } from '../domain/ingestion/run-slice.entity.ts';
import { runStatuses } from '../domain/ingestion/run-status.ts';
import { enumOf } from './enum-of.ts';

export const FileModeEnum = enumOf(fileModes, 'FileMode', 'Which objects of a day are the day.', {
  LATEST: 'The newest one.',
  PARTS: 'All of them together.',
});
export const FeedOriginEnum = enumOf(feedOrigins, 'FeedOrigin', 'How the days of a feed come.', {
  BUCKET: 'As files that somebody puts into a bucket.',
  REPORT: 'As reports that its platform makes when it is asked.',
  UPLOAD: 'As files that somebody uploads, as they may to any feed.',
});
export const RunTriggerEnum = enumOf(runTriggers, 'RunTrigger', 'What started an ingestion run.', {
  MANUAL: 'A person or a program, through the API.',
  SCHEDULE: "The feed's schedule.",
  APPROVAL: 'The approval of a run that was held.',
  BACKFILL: 'A backfill, of which it is a chunk.',
  RETRY: 'A wish to try again what another run did not load.',
  REVERT: 'A wish to have days as they were before another run.',
  RESUBMISSION: 'Rejected rows that were corrected.',
  UPLOAD: 'The confirmation of an upload.',
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
    DISCARDED: 'All of it was held, and somebody decided against it.',
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
    DISCARDED: 'It was held, and somebody decided against it.',
    SUPERSEDED: 'A newer file was applied before.',
    MISSING: 'There is no file.',
    FAILED: 'The file cannot be used; nothing changed.',
  },
);
export const BackfillStatusEnum = enumOf(
  backfillStatuses,
  'BackfillStatus',
  'Whether a backfill goes on.',
  {
    RUNNING: 'Some of its runs wait or run.',
    PAUSED: 'Nothing of it is taken up for now.',
    CANCELLED: 'Ended because somebody asked for it.',
    FINISHED: 'All its runs have ended.',
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
