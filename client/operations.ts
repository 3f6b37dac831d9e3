/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What an audit does. */
export type AeoAuditStage =
  /** The brands of the last answers are looked for. */
  | 'DETECTING_BRANDS'
  /** It ends. */
  | 'FINALIZING'
  /** Its questions are chosen. */
  | 'GENERATING_QUESTIONS'
  /** It begins. */
  | 'INITIALIZING'
  /** They are asked; brands are looked for in each answer as it comes. */
  | 'PROCESSING_QUESTIONS';

/** Where an audit is. */
export type AeoAuditStatus =
  /** Somebody ended it; what was answered stays. */
  | 'CANCELLED'
  /** Every question was answered. */
  | 'COMPLETED'
  /** Some answers are missing; what there is counts. */
  | 'COMPLETED_WITH_ERRORS'
  /** There is no answer. */
  | 'FAILED'
  /** Nothing is asked until it is resumed. */
  | 'PAUSED'
  /** It is to begin. */
  | 'PENDING'
  /** It is under way. */
  | 'RUNNING';

/** What a report of an audit can be. */
export type AeoReportFormat =
  /** A line for each answer and brand. */
  | 'CSV'
  /** All of it, with what answers say. */
  | 'JSON'
  /** A document for reading. */
  | 'PDF'
  /** A workbook: a sheet for each level, and one with a row for each answer. */
  | 'XLSX';

/** What people are told of. */
export type AlertKind =
  /** What the feed is read with is not taken. */
  | 'CREDENTIAL_REFUSED'
  /** A run failed, or could not load one of its days. */
  | 'FAILED_RUN'
  /** A new day has far fewer impressions than its weekday usually; it was applied. */
  | 'FEW_IMPRESSIONS'
  /** A day would replace much by little, and waits for an admin. */
  | 'HELD_RUN'
  /** A file did not come by its time and grace. */
  | 'MISSING_FILE'
  /** A rule applies. */
  | 'RULE'
  /** Rows of a file were rejected. */
  | 'VALIDATION_ERRORS';

/** How bad it is. */
export type AlertSeverity =
  /** Somebody should look at it now. */
  | 'CRITICAL'
  /** Good to know. */
  | 'INFO'
  /** Somebody should look at it. */
  | 'WARNING';

/** A platform that answers questions. */
export type AnswerPlatform =
  /** Anthropic, by its Messages API. */
  | 'ANTHROPIC'
  /** Google Gemini. */
  | 'GEMINI'
  /** OpenAI, by its Responses API. */
  | 'OPENAI'
  /** Perplexity. */
  | 'PERPLEXITY';

/** Whom questions are put to, and how. */
export type AskedPlatformInput = {
  /** The model, as the platform names it. */
  model: string;
  /** The platform. */
  platform: AnswerPlatform;
  /** Whether it may search the web first, and so cite. */
  webSearch?: boolean;
};

export type BackfillInput = {
  /** Whether chunks that a run has loaded whole are loaded, too. */
  again?: boolean;
  /** Days of one run, 1 to 366; a backfill has at most 500 runs. */
  chunkDays?: number;
  /** The feed. */
  feedId: string;
  /** Calls with the same key make one backfill. */
  idempotencyKey?: string | null | undefined;
  /** The days. */
  range: DateRangeInput;
};

/** How the questions of an audit are released. */
export type BatchStrategy =
  /** More the next time where none failed, fewer where many did. */
  | 'ADAPTIVE'
  /** So many questions, at all platforms; the next ones once those are answered. */
  | 'FIXED_SIZE'
  /** Each platform by itself, as fast as its limit allows. */
  | 'PLATFORM_OPTIMIZED';

/** Why a change is not a number. */
export type ChangeGap =
  /** There is nothing to compare with: not reported, or nothing to divide by. */
  | 'NO_BASE'
  /** There is no value: not reported, or nothing to divide by. */
  | 'NO_VALUE'
  /** More than half of the days that it is compared with have no data; the absolute change stands. */
  | 'PARTIAL_BASE'
  /** What it is compared with is zero; the absolute change stands. */
  | 'ZERO_BASE';

/** How a client is served. */
export type ClientKind =
  /** Served by an agency. */
  | 'AGENCY_CLIENT'
  /** An advertiser of its own. */
  | 'INDIVIDUAL';

/** A client's state. */
export type ClientStatus =
  /** Loaded and reported. */
  | 'ACTIVE'
  /** Kept, but out of the way; nothing is loaded. */
  | 'ARCHIVED'
  /** Its users cannot sign in and nothing is loaded; its data stays. */
  | 'DISABLED';

/** What the cells of a column are. */
export type ColumnType =
  /** A day, as text: 2026-11-21. */
  | 'DATE'
  /** An exact decimal, as text. */
  | 'DECIMAL'
  /** A number. */
  | 'FLOAT'
  /** An id of the graph. */
  | 'ID'
  /** A whole number; as text where it passes 2^53. */
  | 'INTEGER'
  /** Text. */
  | 'TEXT';

/** What a metric is counted in. */
export type ColumnUnit =
  /** Pieces. */
  | 'COUNT'
  /** Units of the currency. */
  | 'CURRENCY'
  /** A share: 0.02 is 2 %. */
  | 'FRACTION'
  /** How many times: 4.2 is 4.2 x. */
  | 'MULTIPLE';

/** What to compare with: one of the two. */
export type CompareToInput = {
  /** A range before. */
  period?: ComparisonPeriod | null | undefined;
  /** Any range. */
  range?: DateRangeInput | null | undefined;
};

/** A range before another one. */
export type ComparisonPeriod =
  /** As many days just before it; of a preset such as MONTH_TO_DATE the same days of the month before. */
  | 'PREVIOUS_PERIOD'
  /** The same days of the year before. */
  | 'PREVIOUS_YEAR';

/** How a competitor is known. */
export type CompetitorInput = {
  /** What else it is called. */
  aliases?: Array<string>;
  /** Words near it that tell it from the common word that it also is. */
  contextWords?: Array<string>;
  /** Its domains, such as shop.example; what is below them counts as well. */
  domains?: Array<string>;
  /** Its name. */
  name: string;
};

/** A set-up; what is left out is as the deployment has it. */
export type CreateAeoSetUpInput = {
  /** Between two batches. */
  batchPauseSeconds?: number | null | undefined;
  /** Questions released together, 1 to 100; ADAPTIVE begins with it. */
  batchSize?: number | null | undefined;
  /** How the questions are released. */
  batchStrategy?: BatchStrategy | null | undefined;
  /** What is asked about. */
  categories: Array<QuestionCategory>;
  /** The client. */
  clientId: string;
  /** Mentions that are less certain do not count; 0 to 1. */
  confidenceThreshold?: number | null | undefined;
  /** US dollars; nothing is asked that could cost more. Without one where null. */
  costCap?: string | null | undefined;
  /** Questions of your own; they are always asked. */
  customQuestions?: Array<CustomQuestionInput> | null | undefined;
  /** Calls with the same key make one set-up. */
  idempotencyKey?: string | null | undefined;
  /** Length of one answer in tokens, at most. */
  maxOutputTokens?: number | null | undefined;
  /** Questions of each category, at most. */
  maxPerCategory?: number | null | undefined;
  /** Questions in all, at most. */
  maxQuestions?: number | null | undefined;
  /** Questions of each category, as far as there are so many. */
  minPerCategory?: number | null | undefined;
  /** Its name, unique among the set-ups of its client. */
  name: string;
  /** Whom the questions are put to. */
  platforms: Array<AskedPlatformInput>;
  /** Whether the first platform proposes questions, too. */
  proposeQuestions?: boolean | null | undefined;
  /** How often each platform is asked each question, 1 to 10. */
  repetitions?: number | null | undefined;
  /** When audits begin by themselves, by the client's clock; null has them begun by hand alone. */
  timing?: RecurrenceInput | null | undefined;
};

export type CreateAlertRuleInput = {
  /** A campaign of it; left out, all of it. */
  campaignId?: string | null | undefined;
  /** A client; left out, each client. */
  clientId?: string | null | undefined;
  /** What a CHANGE is against. */
  comparedWith?: ComparisonPeriod | null | undefined;
  /** On which side of the threshold it applies. */
  comparison: RuleComparison;
  /** Calls with the same key make one rule. */
  idempotencyKey?: string | null | undefined;
  /** The metric, of METRIC and CHANGE. */
  metric?: MetricName | null | undefined;
  /** With fewer impressions in its days a rule of a metric tells nothing. */
  minImpressions?: number;
  /** Its name, unique in the organization. */
  name: string;
  /** Which days it looks at, up to yesterday at the latest. */
  rangePreset?: RangePreset;
  /** How bad it is. */
  severity?: AlertSeverity;
  /** What it looks at. */
  subject: RuleSubject;
  /** In the unit of the metric: CTR 0.005 is 0.5 %. Of a change a fraction: -0.3 is 30 % less. Of a pace a ratio: 1.2 is 20 % too fast. Else days. */
  threshold: string;
};

export type CreateBudgetInput = {
  /** The amount, in the client's currency. */
  amount: string;
  /** Of this campaign alone; without one, of all. */
  campaignId?: string | null | undefined;
  /** The client. */
  clientId: string;
  /** The days of it on which ads are to run; all where left out. */
  flights?: Array<FlightInput> | null | undefined;
  /** First day. */
  fromDate: string;
  /** Calls with the same key make one budget. */
  idempotencyKey?: string | null | undefined;
  /** Last day. */
  toDate: string;
};

export type CreateClientInput = {
  /** ISO 4217 code, such as USD. */
  currency: string;
  /** Calls with the same key make one client. */
  idempotencyKey?: string | null | undefined;
  /** How it is served. */
  kind?: ClientKind;
  /** Its name, unique in the organization. */
  name: string;
  /** IANA time zone, such as America/New_York; the organization's where left out. */
  timeZone?: string | null | undefined;
};

export type CreateFeedInput = {
  /** Whose reports they are, as the platform knows it (VIBE). */
  advertiserId?: string | null | undefined;
  /** The S3 bucket that its files are put into (SURFSIDE). */
  bucket?: string | null | undefined;
  /** The client it belongs to. */
  clientId: string;
  /** A credential of the client: what the platform is asked with (VIBE), or one of setBucketCredential that the bucket is read with (SURFSIDE; the deployment's own where left out). */
  credentialId?: string | null | undefined;
  /** The client's where left out. */
  currency?: string | null | undefined;
  /** LATEST where left out. */
  fileMode?: FileMode | null | undefined;
  /** How long after its scheduled time a file may come, 0 to 1,440 minutes, before it is missing. 180 where left out. */
  graceMinutes?: number | null | undefined;
  /** Share of what it would replace, 0 to 1, under which a day is held. 0.5 where left out. */
  holdBelowShare?: number | null | undefined;
  /** Calls with the same key make one feed. */
  idempotencyKey?: string | null | undefined;
  /** Where the files are (SURFSIDE): `{date}` is the day as 2026-11-21, `{date:yyyyMMdd}` spells it otherwise, `*` is anything but a slash; or a regular expression between slashes with the groups year, month, day. */
  keyPattern?: string | null | undefined;
  /** 1 to 90; 7 where left out. */
  lookbackDays?: number | null | undefined;
  /** Share of a file's rows, 0 to 1, under which nothing of it is applied. 0.5 where left out. */
  minValidShare?: number | null | undefined;
  /** Its name, unique for the client. */
  name: string;
  /** How its days come. Left out, the usual way of its source: for FACEBOOK, UPLOAD or, with a bucket, BUCKET. */
  origin?: FeedOrigin | null | undefined;
  /** The kind of origin: SURFSIDE, VIBE, FACEBOOK. */
  source: string;
  /** The client's where left out. */
  timeZone?: string | null | undefined;
};

export type CreatePlatformCredentialInput = {
  /** The client whose it is; left out, it is the organization's own, for platforms that answer questions. */
  clientId?: string | null | undefined;
  /** Reports that a platform of reports lets it ask for in an hour, 1 to 10,000. 15 where left out. */
  creationsPerHour?: number | null | undefined;
  /** Which of the source's APIs it is for. VIBE: ASYNC (create_async_report, an API key) or STANDARD (v1/std/reports, a Bearer token). OPENAI: RESPONSES. ANTHROPIC: MESSAGES. PERPLEXITY: AGENT, or CHAT (chat completions, whose support has ended). GEMINI: GENERATE_CONTENT. The first of them where left out. */
  dialect?: string | null | undefined;
  /** Calls with the same key make one credential. */
  idempotencyKey?: string | null | undefined;
  /** What to call it, unique for the client, or among the organization's own. */
  name: string;
  /** The wait before the first look at a report, 0.05 to 600 seconds; later ones grow from it. 10 where left out. */
  pollSeconds?: number | null | undefined;
  /** The key or token itself. It is encrypted, and never shown again. */
  secret: string;
  /** The platform: VIBE, OPENAI, ANTHROPIC, PERPLEXITY or GEMINI. */
  source: string;
};

export type CreateReportDefinitionInput = {
  /** The client that it is of. */
  clientId: string;
  /** What a row of its details is for, in order. */
  dimensions?: Array<Dimension>;
  /** Who else gets it, at most 50. To open it they have to be members. */
  emails?: Array<string> | null | undefined;
  /** What it is issued as. */
  format?: ExportFormat;
  /** Calls with the same key make one. */
  idempotencyKey?: string | null | undefined;
  /** How a PDF writes numbers and days: a language tag, such as de-DE. */
  locale?: string;
  /** What it shows, in order. With an internal one it is not for the role CLIENT. */
  metrics: Array<MetricName>;
  /** Its name, unique among the reports of its client. */
  name: string;
  /** Its days, counted from the day on which it is issued, by the clock of its client. */
  rangePreset: RangePreset;
  /** Members of these roles get it who see the client. */
  roles?: Array<Role> | null | undefined;
  /** What a PDF has, beside its notes. */
  sections?: Array<ReportSection>;
  /** When it is issued by itself; left out, by hand alone. */
  timing?: RecurrenceInput | null | undefined;
};

export type CreateServiceTokenInput = {
  /** Whether the plain HTTP doors take it from the address' parameter `token`, which others may log. */
  allowsQueryString?: boolean;
  /** The only clients that it sees, as their users see them; left out, all. Not with INGEST. */
  clientIds?: Array<string> | null | undefined;
  /** When it ends: within two years; left out, after one. */
  expiresAt?: string | null | undefined;
  /** Calls with the same key make one token, which the first alone is shown. */
  idempotencyKey?: string | null | undefined;
  /** What to call it: the machine and what it does. */
  name: string;
  /** What it may do; one at least. */
  scopes: Array<ServiceTokenScope>;
};

export type CreateUploadInput = {
  /** When it is loaded; WHEN_CONFIRMED where left out. */
  applies?: UploadMode | null | undefined;
  /** A saved mapping of the feed's client and source. Left out, the one for files with its header. */
  columnMappingId?: string | null | undefined;
  /** Columns mapped for this file alone, instead. */
  columns?: Array<MappedColumnInput> | null | undefined;
  /** The feed, of whatever source. */
  feedId: string;
  /** What the file is called: no folders. */
  fileName: string;
  /** Calls with the same key make one upload. */
  idempotencyKey?: string | null | undefined;
  /** Its SHA-256 as hex, to be compared. */
  sha256?: string | null | undefined;
  /** The sheet of a workbook, where it is not the first that has the header. */
  sheet?: string | null | undefined;
  /** Its size in bytes, at most 52,428,800 (50 MB). */
  sizeBytes: number;
};

export type CreateWebhookInput = {
  /** The only client whose alerts it is told of; left out, all. */
  clientId?: string | null | undefined;
  /** What it is told of. */
  events: Array<WebhookEvent>;
  /** Calls with the same key make one webhook, whose secret the first alone is shown. */
  idempotencyKey?: string | null | undefined;
  /** What to call it. */
  name: string;
  /** An address that begins with `https://`, on the open internet. */
  url: string;
};

/** Whether a platform takes a credential. */
export type CredentialStatus =
  /** It does not: nothing is asked with it until it is replaced, or tested again. */
  | 'REFUSED'
  /** It was not asked yet. */
  | 'UNTESTED'
  /** It did, when it was last asked. */
  | 'WORKING';

/** A question of people's own. */
export type CustomQuestionInput = {
  /** What it is about. */
  category: QuestionCategory;
  /** The question. */
  text: string;
};

/** Days from `from` to `to`, both included; or a preset, and neither. */
export type DateRangeInput = {
  /** First day. */
  from?: string | null | undefined;
  /** Days counted from today. */
  preset?: RangePreset | null | undefined;
  /** Last day. */
  to?: string | null | undefined;
};

/** What metrics can be broken down by. */
export type Dimension =
  /** The campaign. */
  | 'CAMPAIGN'
  /** The advertiser. */
  | 'CLIENT'
  /** The creative. */
  | 'CREATIVE'
  /** The day. */
  | 'DATE'
  /** The channel. */
  | 'FEED'
  /** A label of the campaign. One with several counts towards each, so that rows add up to more than the total. */
  | 'LABEL'
  /** The first day of the month. */
  | 'MONTH'
  /** The placement. */
  | 'PLACEMENT'
  /** The kind of origin. */
  | 'SOURCE'
  /** The strategy. */
  | 'STRATEGY'
  /** The first day of the week. */
  | 'WEEK';

/** Which report of which audit. */
export type ExportAeoAuditInput = {
  /** The audit; it has to have ended. */
  auditId: string;
  /** As what. */
  format: AeoReportFormat;
  /** Calls with the same key make one report. */
  idempotencyKey?: string | null | undefined;
  /** How a PDF writes numbers and days, such as `de-DE`. */
  locale?: string;
};

/** What metrics are exported as. */
export type ExportFormat =
  /** Comma-separated values in UTF-8 (RFC 4180), for programs. */
  | 'CSV'
  /** A document for reading: key figures, charts, the first 500 rows, notes. */
  | 'PDF'
  /** A workbook; a zip of several beyond 250,000 rows. */
  | 'XLSX';

/** Metric rows, asked for as by `metricRows`, and what they are to be. */
export type ExportMetricsInput = {
  /** What a row is for, in order. */
  dimensions: Array<Dimension>;
  /** Which facts count. */
  filters?: MetricFiltersInput | null | undefined;
  /** What they are exported as. */
  format: ExportFormat;
  /** Adds the dimension of its periods in front, where it is not among them. */
  grain?: Grain | null | undefined;
  /** The same key and input again give the same export. */
  idempotencyKey?: string | null | undefined;
  /** What is shown of each, in order. */
  metrics: Array<MetricName>;
  /** How the file is made. */
  options?: ExportOptionsInput | null | undefined;
  /** By the columns of the dimensions, where left out. */
  orderBy?: MetricRowOrderInput | null | undefined;
  /** The days; those of a preset are settled when the export is asked for. */
  range: DateRangeInput;
};

/** How a file is made; each option is of one format. */
export type ExportOptionsInput = {
  /** CSV: whether it begins with the mark that Excel knows UTF-8 by. */
  byteOrderMark?: boolean;
  /** PDF: how numbers and days are written: a language tag, such as de-DE. */
  locale?: string;
  /** XLSX: whether there is a sheet for each level of the hierarchy among the dimensions, or only the rows asked for. */
  sheetPerLevel?: boolean;
};

/** How the days of a feed come. */
export type FeedOrigin =
  /** As files that somebody puts into a bucket. */
  | 'BUCKET'
  /** As reports that its platform makes when it is asked. */
  | 'REPORT'
  /** As files that somebody uploads, as they may to any feed. */
  | 'UPLOAD';

/** Which objects of a day are the day. */
export type FileMode =
  /** The newest one. */
  | 'LATEST'
  /** All of them together. */
  | 'PARTS';

/** Days on which ads are to run. */
export type FlightInput = {
  /** First day. */
  from: string;
  /** Last day. */
  to: string;
};

/** How often a report is issued. */
export type Frequency =
  | 'DAILY'
  | 'MONTHLY'
  | 'WEEKLY';

/** Why a day has no data. */
export type GapStatus =
  /** Its facts left for the archive; restoreArchivedMonth puts them back. */
  | 'ARCHIVED'
  /** Before the feed's first day. */
  | 'BEFORE_FIRST_DATA'
  /** After the last day of a feed that is paused. */
  | 'ENDED'
  /** The file could not be used. */
  | 'FAILED'
  /** The file waits for an admin. */
  | 'HELD'
  /** There was no file. */
  | 'MISSING'
  /** Not loaded yet. */
  | 'PENDING';

export type GenerateSummariesInput = {
  /** The client. */
  clientId: string;
  /** Calls with the same key make one job. */
  idempotencyKey?: string | null | undefined;
  /** Whether of weeks, of months or of both. */
  kinds?: Array<SummaryKind>;
  /** Days of the weeks and months that are wanted, which have to be over. */
  range: DateRangeInput;
};

/** How long the periods of a series are. */
export type Grain =
  /** Days. */
  | 'DAY'
  /** Calendar months. */
  | 'MONTH'
  /** Weeks, which start on the day that the organization says. */
  | 'WEEK';

/** What must work. */
export type HealthComponentName =
  /** Share of the keys to a platform that answers questions which it refuses, or does not answer with: DEGRADED where some do not work, FAILING where none does. They are tried by a call that asks no question and costs nothing. */
  | 'ANSWER_PLATFORM'
  /** The database: DEGRADED over 1,000 ms, FAILING without an answer within 2 s. */
  | 'DATABASE'
  /** The server's disk of embedded services: DEGRADED over 80 %, FAILING over 90 %. */
  | 'DATA_DISK'
  /** An emergency, in which nobody does anything without a second factor and nothing is loaded: DEGRADED while it lasts. */
  | 'EMERGENCY'
  /** Share of the organization's jobs that failed, of those that succeeded or failed in the last hour: DEGRADED over 10 %, FAILING over 50 %. */
  | 'FAILED_JOBS'
  /** Hours since the first day that one of the organization's feeds has not loaded ended, of the latest feed: DEGRADED over 26. */
  | 'FEEDS'
  /** Memory of the server's machine or container: DEGRADED over 80 %, FAILING over 90 %. */
  | 'MEMORY'
  /** Share of the organization's loads from a source in the last 24 hours that failed because it did not answer: DEGRADED over 10 %, FAILING over 50 %. */
  | 'PLATFORM'
  /** The queue: DEGRADED over 100 ms, FAILING without an answer within 2 s. */
  | 'QUEUE'
  /** The queue's memory, where it has a limit of its own: DEGRADED over 90 %. */
  | 'QUEUE_MEMORY'
  /** The bucket of archived files: FAILING without an answer within 2 s. */
  | 'STORAGE'
  /** The organization's jobs that run for over 2 h: DEGRADED when there is one. */
  | 'STUCK_JOBS'
  /** The server's disk of temporary files: DEGRADED over 80 %, FAILING over 90 %. */
  | 'TEMPORARY_DISK'
  /** Workers that give signs of life: FAILING without one, DEGRADED where a queue has none or versions differ. */
  | 'WORKERS';

/** How a component does. */
export type HealthStatus =
  /** It works, but slowly, not fully, or not for long. */
  | 'DEGRADED'
  /** It does not work. */
  | 'FAILING'
  /** As it should. */
  | 'OK'
  /** There is nothing to judge it by. */
  | 'UNKNOWN';

/** What a component is measured in. */
export type HealthUnit =
  /** How many. */
  | 'COUNT'
  /** How late. */
  | 'HOURS'
  /** How long it took to answer. */
  | 'MILLISECONDS'
  /** From 0 to 1. */
  | 'SHARE';

export type IngestionRunFilterInput = {
  /** Only those of this backfill. */
  backfillId?: string | null | undefined;
  /** Only those of this client. */
  clientId?: string | null | undefined;
  /** Only those asked for before. */
  createdBefore?: string | null | undefined;
  /** Only those asked for from then on. */
  createdFrom?: string | null | undefined;
  /** Only those that are about some of these days. */
  days?: DateRangeInput | null | undefined;
  /** Only those of this feed. */
  feedId?: string | null | undefined;
  /** Only those that somebody resolved, or that nobody did. */
  isResolved?: boolean | null | undefined;
  /** Only those of feeds of this source. */
  source?: string | null | undefined;
  /** Only those with these statuses. */
  statuses?: Array<RunStatus> | null | undefined;
  /** Only those started by these. */
  triggers?: Array<RunTrigger> | null | undefined;
};

export type IssueReportInput = {
  /** Calls with the same key issue one. */
  idempotencyKey?: string | null | undefined;
  /** Its days; the definition's where left out. */
  range?: DateRangeInput | null | undefined;
  /** What it is to be made of. */
  reportDefinitionId: string;
};

/** Which jobs; what is left out does not limit. */
export type JobFilterInput = {
  /** Those for this client. */
  clientId?: string | null | undefined;
  /** Asked for before then. */
  createdBefore?: string | null | undefined;
  /** Asked for then or later. */
  createdFrom?: string | null | undefined;
  /** Those of this kind, such as ingest-feed. */
  name?: string | null | undefined;
  /** Those of this queue. */
  queue?: string | null | undefined;
  /** Those in one of these states; FAILED are the dead letters. */
  statuses?: Array<JobStatus> | null | undefined;
};

/** Where a job is in its life. */
export type JobStatus =
  /** Ended because somebody asked for it. */
  | 'CANCELLED'
  /** Given up; the error says why. */
  | 'FAILED'
  /** Waiting for a worker, or for its next attempt. */
  | 'QUEUED'
  /** A worker is at it. */
  | 'RUNNING'
  /** Done. */
  | 'SUCCEEDED';

export type MappedColumnInput = {
  /** What it stands for: date, campaign, strategy, placement, creative, impressions, clicks, conversions, revenue, mediaCost, completedViews, reach or ctr. */
  field: string;
  /** Its header, compared without case, spaces and underscores. */
  header: string;
};

/** Which facts count; what is left out restricts nothing, an empty list leaves nothing. */
export type MetricFiltersInput = {
  /** Only of these campaigns. */
  campaignIds?: Array<string> | null | undefined;
  /** Only of these clients. */
  clientIds?: Array<string> | null | undefined;
  /** Only of these creatives. */
  creativeIds?: Array<string> | null | undefined;
  /** Only through these feeds. */
  feedIds?: Array<string> | null | undefined;
  /** Only of campaigns with these labels. */
  labels?: Array<string> | null | undefined;
  /** Only of these placements. */
  placementIds?: Array<string> | null | undefined;
  /** Only from these sources. */
  sources?: Array<string> | null | undefined;
  /** Only of these strategies. */
  strategyIds?: Array<string> | null | undefined;
};

/** A metric. */
export type MetricName =
  /** Clicks on ads; null where no source reports them. */
  | 'CLICKS'
  /** Videos played to the end. */
  | 'COMPLETED_VIEWS'
  /** Exact, since platforms attribute fractions: platform-attributed, not de-duplicated. */
  | 'CONVERSIONS'
  /** Spend / conversions, in the client's currency. Null where the denominator is zero. */
  | 'CPA'
  /** Spend / clicks, in the client's currency. Null where the denominator is zero. */
  | 'CPC'
  /** Spend / impressions x 1000, in the client's currency. Null where the denominator is zero. */
  | 'CPM'
  /** Clicks / impressions: 0.02 is 2 %. Null where the denominator is zero. */
  | 'CTR'
  /** Conversions / clicks: 0.02 is 2 %. Null where the denominator is zero. */
  | 'CVR'
  /** Times that an ad was shown. */
  | 'IMPRESSIONS'
  /** Spend - media cost, of what reports its media cost. Not for CLIENT viewers. */
  | 'MARGIN'
  /** Margin / spend: 0.3 is 30 %. Null where the denominator is zero. Not for CLIENT viewers. */
  | 'MARGIN_RATE'
  /** What the platform itself charged, where it reports it. Not for CLIENT viewers. */
  | 'MEDIA_COST'
  /** Conversion revenue, in the client's currency. */
  | 'REVENUE'
  /** Revenue / spend: 4.2 is 4.2 x the spend. Null where the denominator is zero. */
  | 'ROAS'
  /** Impressions / 1000 x the CPM in force, in the client's currency. */
  | 'SPEND'
  /** Completed views / impressions: 0.9 is 90 %. Null where the denominator is zero. */
  | 'VCR';

/** What rows are ordered by; what is undefined is last either way. */
export type MetricRowOrderInput = {
  /** Which way. */
  direction?: SortDirection;
  /** Key of one of the columns. */
  key: string;
};

/** How a budget stands. */
export type PaceStatus =
  /** All flight days are over. */
  | 'ENDED'
  /** No flight day is over. */
  | 'NOT_STARTED'
  /** At most 10 % more or less was spent than expected. */
  | 'ON_PACE'
  /** Over 10 % more was spent than expected. */
  | 'OVER'
  /** Over 10 % less was spent than expected. */
  | 'UNDER';

export type PauseQueueInput = {
  /** The queue's name. */
  queue: string;
  /** Why, for those who wonder; 1 to 500 characters. */
  reason: string;
};

/** How much data there is of some days; where there is none, why. */
export type PeriodStatus =
  /** Its facts left for the archive; restoreArchivedMonth puts them back. */
  | 'ARCHIVED'
  /** Before the feed's first day. */
  | 'BEFORE_FIRST_DATA'
  /** All that is to be expected. */
  | 'COMPLETE'
  /** After the last day of a feed that is paused. */
  | 'ENDED'
  /** The file could not be used. */
  | 'FAILED'
  /** The file waits for an admin. */
  | 'HELD'
  /** There was no file. */
  | 'MISSING'
  /** Some of it. */
  | 'PARTIAL'
  /** Not loaded yet. */
  | 'PENDING';

/** What can be wrong with a client's data. */
export type ProblemKind =
  /** A day is overdue. */
  | 'BEHIND'
  /** Files of recent days could not be used. */
  | 'FAILED'
  /** Recent days wait for an admin. */
  | 'HELD'
  /** There was no file for recent days. */
  | 'MISSING';

/** What a question is about. */
export type QuestionCategory =
  /** What there is instead of a brand. */
  | 'ALTERNATIVES'
  /** How providers or brands measure up against one another. */
  | 'COMPARISON'
  /** What a brand or its products can do. */
  | 'FEATURES'
  /** How something is chosen, started, used or left. */
  | 'HOW_TO'
  /** What it costs, and whether it is worth that. */
  | 'PRICING'
  /** Whom or what to choose. */
  | 'RECOMMENDATION'
  /** What customers and experts think of it. */
  | 'REVIEWS';

/** Days counted from today in the client's time zone, where one is asked for, else in the organization's. The last days end yesterday. */
export type RangePreset =
  | 'LAST_7_DAYS'
  | 'LAST_14_DAYS'
  | 'LAST_28_DAYS'
  | 'LAST_30_DAYS'
  | 'LAST_90_DAYS'
  /** The whole month before this one. */
  | 'LAST_MONTH'
  /** The whole quarter before this one. */
  | 'LAST_QUARTER'
  /** The whole week before this one. */
  | 'LAST_WEEK'
  /** The whole year before this one. */
  | 'LAST_YEAR'
  /** Since the month began; on its first day, that day. */
  | 'MONTH_TO_DATE'
  /** Since the quarter began; on its first day, that day. */
  | 'QUARTER_TO_DATE'
  /** Today, which is not over. */
  | 'TODAY'
  /** Since the week began; on its first day, that day. */
  | 'WEEK_TO_DATE'
  /** Since the year began; on its first day, that day. */
  | 'YEAR_TO_DATE'
  | 'YESTERDAY';

/** When something is done again and again. */
export type RecurrenceInput = {
  /** How often. */
  frequency: Frequency;
  /** Of MONTHLY: 1 to 28. */
  monthDay?: number;
  /** Time of day such as 07:00, by the client's clock. */
  time?: string;
  /** Of WEEKLY: 1 is Monday, 7 is Sunday. */
  weekday?: number;
};

export type RefreshInput = {
  /** The refresh token that came last. */
  refreshToken: string;
};

/** What a PDF has beside its notes. */
export type ReportSection =
  /** The first 500 rows, and the totals. */
  | 'DETAILS'
  /** Each metric, and how it changed against the period before. */
  | 'KEY_FIGURES'
  /** The campaigns with most of what matters most. */
  | 'TOP_CAMPAIGNS'
  /** The course of the first two metrics. */
  | 'TREND';

/** What a member of an organization may do. */
export type Role =
  /** Everything but the organization itself. */
  | 'ADMIN'
  /** Reads all clients. */
  | 'ANALYST'
  /** Reads its own clients only. */
  | 'CLIENT'
  /** Everything. */
  | 'OWNER';

/** On which side of its threshold a rule applies. The threshold itself is on neither. */
export type RuleComparison =
  /** Above it. */
  | 'ABOVE'
  /** Below it. */
  | 'BELOW';

/** What an alert rule looks at. */
export type RuleSubject =
  /** How a metric changed against an earlier time. */
  | 'CHANGE'
  /** How many days, up to yesterday, the feed lacks that is furthest behind. */
  | 'DAYS_BEHIND'
  /** A metric of its days. */
  | 'METRIC'
  /** On how many of its days some feed lacks data. */
  | 'MISSING_DAYS'
  /** How a budget that runs is paced: spent / expected. Of several, the one that is furthest beyond. */
  | 'PACE';

/** What an ingestion run did to one day. */
export type RunSliceStatus =
  /** The day was replaced by what the file says. */
  | 'APPLIED'
  /** It was held, and somebody decided against it. */
  | 'DISCARDED'
  /** The file cannot be used; nothing changed. */
  | 'FAILED'
  /** The file would replace much by little; an admin must approve it. */
  | 'HELD'
  /** There is no file. */
  | 'MISSING'
  /** Not reached yet. */
  | 'PENDING'
  /** A newer file was applied before. */
  | 'SUPERSEDED'
  /** The file says what was there already. */
  | 'UNCHANGED';

/** Where an ingestion run is, or what it came to. */
export type RunStatus =
  /** Ended because somebody asked for it; days that were applied stay. */
  | 'CANCELLED'
  /** All of it was held, and somebody decided against it. */
  | 'DISCARDED'
  /** No day could be loaded. */
  | 'FAILED'
  /** At least one day waits for an admin, since it would replace much by little. */
  | 'HELD'
  /** There was no file for any day. */
  | 'MISSING'
  /** Some days are loaded; the slices tell of the others. */
  | 'PARTIAL'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** Being loaded. */
  | 'RUNNING'
  /** Every day is loaded. */
  | 'SUCCEEDED';

/** What started an ingestion run. */
export type RunTrigger =
  /** The approval of a run that was held. */
  | 'APPROVAL'
  /** A backfill, of which it is a chunk. */
  | 'BACKFILL'
  /** A person or a program, through the API. */
  | 'MANUAL'
  /** Rejected rows that were corrected. */
  | 'RESUBMISSION'
  /** A wish to try again what another run did not load. */
  | 'RETRY'
  /** A wish to have days as they were before another run. */
  | 'REVERT'
  /** The feed's schedule. */
  | 'SCHEDULE'
  /** The confirmation of an upload. */
  | 'UPLOAD';

/** What a service token may do. None of these administers. */
export type ServiceTokenScope =
  /** Starts ingestion runs and backfills, cancels and retries them, and corrects rejects. Reads nothing by itself. */
  | 'INGEST'
  /** Reads as an analyst does or, limited to clients, as their users do. */
  | 'READ';

/** All that is known of a brand: what is left out of it is forgotten. */
export type SetBrandProfileInput = {
  /** What else it is called. */
  aliases?: Array<string>;
  /** The client. */
  clientId: string;
  /** Who competes with it, at most 30. */
  competitors?: Array<CompetitorInput>;
  /** Words near it that tell it from the common word that it also is. */
  contextWords?: Array<string>;
  /** Its domains, such as shop.example; what is below them counts as well. */
  domains?: Array<string>;
  /** What it is in, as people say it: project management software. */
  industry?: string | null | undefined;
  /** Language tag that questions are asked in, such as en-US. */
  locale?: string;
  /** Its name. */
  name: string;
  /** What it sells. */
  products?: Array<string>;
};

export type SetRateCardInput = {
  /** Only for this campaign; left out for all. The most specific card is in force. */
  campaignId?: string | null | undefined;
  /** The client. */
  clientId: string;
  /** Price per 1,000 impressions; at most 6 decimals. */
  cpm: string;
  /** First day. */
  effectiveFrom: string;
  /** Last day; where left out, until the next card begins. */
  effectiveTo?: string | null | undefined;
  /** Only for this source; left out for all. */
  source?: string | null | undefined;
};

export type SignInInput = {
  /** Code of the authenticator app, or a recovery code: where an error on the field `code` asks for it. */
  code?: string | null | undefined;
  /** Email, in any case. */
  email: string;
  /** The organization to act in, of those they are a member of; left out, the first. */
  organizationId?: string | null | undefined;
  /** Password. */
  password: string;
};

/** Which way an order goes. */
export type SortDirection =
  /** Upwards. */
  | 'ASC'
  /** Downwards. */
  | 'DESC';

export type StartIngestionInput = {
  /** The one day to load. */
  date?: string | null | undefined;
  /** The feed. */
  feedId: string;
  /** Calls with the same key make one run. */
  idempotencyKey?: string | null | undefined;
  /** The days to load. Without a date or a range: the feed's look-back. */
  range?: DateRangeInput | null | undefined;
};

/** What a summary is of. */
export type SummaryKind =
  /** A month of the calendar. */
  | 'MONTHLY'
  /** A week, from the first day of the week of the organization. */
  | 'WEEKLY';

export type UpdateWebhookInput = {
  /** Whether it is told of anything. */
  active?: boolean | null | undefined;
  /** What it is told of. */
  events?: Array<WebhookEvent> | null | undefined;
  /** The webhook. */
  id: string;
  /** What to call it. */
  name?: string | null | undefined;
  /** Where it is told. */
  url?: string | null | undefined;
};

/** When an uploaded file is loaded. */
export type UploadMode =
  /** At once. */
  | 'ALWAYS'
  /** Once somebody confirms it. */
  | 'WHEN_CONFIRMED'
  /** At once where it overwrites no data; else once somebody confirms it. */
  | 'WHEN_NEW';

/** What has become of an upload. */
export type UploadState =
  /** Its file can be sent. */
  | 'AWAITING_FILE'
  /** Its run loads it, or has done so. */
  | 'CONFIRMED'
  /** Somebody gave it up. */
  | 'DISCARDED'
  /** Its file did not come in time, or nobody confirmed it within 7 days. */
  | 'EXPIRED'
  /** It could not be looked at: something went wrong on our side, or the job was cancelled. */
  | 'FAILED'
  /** Its file is being looked at. */
  | 'PREVIEWING'
  /** It was looked at, and can be confirmed. */
  | 'READY'
  /** Its file is being sent. */
  | 'RECEIVING'
  /** Its file cannot be used; the reason tells why. */
  | 'REFUSED';

/** What is delivered. */
export type WebhookDeliveryEvent =
  /** An alert began. */
  | 'ALERT_BEGAN'
  /** An alert ended. */
  | 'ALERT_ENDED'
  /** Nothing happened: somebody tests. */
  | 'TEST';

/** How far a delivery is. */
export type WebhookDeliveryStatus =
  /** It was given up; `redeliverWebhook` has it sent again. */
  | 'DEAD'
  /** The receiver took it. */
  | 'DELIVERED'
  /** It is to be tried, once or once more. */
  | 'PENDING';

/** What webhooks are told of. */
export type WebhookEvent =
  /** An alert began. */
  | 'ALERT_BEGAN'
  /** An alert ended. */
  | 'ALERT_ENDED';

/** Whether a worker works. */
export type WorkerStatus =
  /** It gives signs of life. */
  | 'ALIVE'
  /** It fell silent; others take its jobs over. */
  | 'LOST'
  /** It was stopped in order. */
  | 'STOPPED';

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { token: string, expiresAt: string, refreshToken: string } };

export type RefreshMutationVariables = Exact<{
  input: RefreshInput;
}>;


export type RefreshMutation = { refresh: { token: string, expiresAt: string, refreshToken: string } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { session: { endedAt: string | null } } };

export type TokensFragment = { token: string, expiresAt: string, refreshToken: string };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { email: string | null, role: Role, serviceToken: { name: string, scopes: Array<ServiceTokenScope>, expiresAt: string } | null, organization: { id: string, name: string } } };

export type ClientsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ClientsQuery = { clients: { edges: Array<{ cursor: string, node: { id: string, name: string, status: ClientStatus, currency: string, timeZone: string, feeds: Array<{ id: string, name: string, keyPattern: string | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateClientMutationVariables = Exact<{
  input: CreateClientInput;
}>;


export type CreateClientMutation = { createClient: { client: { id: string, name: string, status: ClientStatus, feeds: Array<{ id: string }> } } };

export type CreatePlatformCredentialMutationVariables = Exact<{
  input: CreatePlatformCredentialInput;
}>;


export type CreatePlatformCredentialMutation = { createPlatformCredential: { credential: { id: string, status: CredentialStatus } } };

export type CreateFeedMutationVariables = Exact<{
  input: CreateFeedInput;
}>;


export type CreateFeedMutation = { createFeed: { feed: { id: string, name: string, lookbackDays: number } } };

export type TestFeedMutationVariables = Exact<{
  id: string;
}>;


export type TestFeedMutation = { testFeed: { foundDates: Array<string>, missingDates: Array<string>, keys: Array<string> } };

export type SetRateCardMutationVariables = Exact<{
  input: SetRateCardInput;
}>;


export type SetRateCardMutation = { setRateCard: { rateCard: { id: string, cpm: string, effectiveFrom: string, effectiveTo: string | null } } };

export type StartIngestionMutationVariables = Exact<{
  input: StartIngestionInput;
}>;


export type StartIngestionMutation = { startIngestion: { run: { id: string, status: RunStatus, jobRun: { id: string, status: JobStatus } } } };

export type BackfillMutationVariables = Exact<{
  input: BackfillInput;
}>;


export type BackfillMutation = { backfill: { backfill: { id: string } } };

export type CancelJobMutationVariables = Exact<{
  id: string;
}>;


export type CancelJobMutation = { cancelJob: { jobRun: { id: string, status: JobStatus, cancelRequestedAt: string | null } } };

export type ApproveHeldRunMutationVariables = Exact<{
  id: string;
}>;


export type ApproveHeldRunMutation = { approveHeldRun: { run: { id: string, jobRun: { id: string } } } };

export type JobProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type JobProgressSubscription = { jobProgress: { id: string, status: JobStatus, stage: string | null, done: number | null, total: number | null, sequence: number, attempt: number, errorCode: string | null, errorMessage: string | null } };

export type SliceTotalsFieldsFragment = { rows: number, impressions: number, clicks: number | null, conversions: string | null, revenue: string | null, spend: string };

export type IngestionRunQueryVariables = Exact<{
  id: string;
}>;


export type IngestionRunQuery = { ingestionRun: { id: string, status: RunStatus, trigger: RunTrigger, fromDate: string, toDate: string, report: { rowsRead: number, rowsRejected: number, rowsMerged: number, rejections: Array<{ rule: string, rows: number }>, warnings: Array<{ rule: string, rows: number }> }, timings: Array<{ stage: string, milliseconds: number }>, slices: Array<{ id: string, date: string, status: RunSliceStatus, reason: string | null, version: number | null, rowsRead: number, rowsRejected: number, rowsMerged: number, totalsBefore: { rows: number, impressions: number, clicks: number | null, conversions: string | null, revenue: string | null, spend: string } | null, totalsAfter: { rows: number, impressions: number, clicks: number | null, conversions: string | null, revenue: string | null, spend: string } | null }>, rejectedRows: { edges: Array<{ node: { line: number, cells: Array<string>, reasons: Array<{ rule: string, message: string }> } }> } } | null };

export type IngestionRunsQueryVariables = Exact<{
  filter?: IngestionRunFilterInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type IngestionRunsQuery = { ingestionRuns: { edges: Array<{ node: { id: string, status: RunStatus, trigger: RunTrigger, fromDate: string, toDate: string, jobRun: { id: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MetricsFieldsFragment = { impressions: number | null, clicks: number | null, conversions: string | null, revenue: string | null, spend: string | null, ctr: number | null, cvr: number | null, roas: number | null, cpc: string | null, cpa: string | null, cpm: string | null, partialRatios: Array<string> };

export type PerformanceQueryVariables = Exact<{
  id: string;
  range: DateRangeInput;
}>;


export type PerformanceQuery = { node:
    | { __typename: 'AeoAnswer', id: string }
    | { __typename: 'AeoAudit', id: string }
    | { __typename: 'AeoQuestion', id: string }
    | { __typename: 'AeoSetUp', id: string }
    | { __typename: 'Alert', id: string }
    | { __typename: 'AlertRule', id: string }
    | { __typename: 'Backfill', id: string }
    | { __typename: 'Brand', id: string }
    | { __typename: 'Budget', id: string }
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Client', name: string, currency: string, id: string, metrics: { impressions: number | null, clicks: number | null, conversions: string | null, revenue: string | null, spend: string | null, ctr: number | null, cvr: number | null, roas: number | null, cpc: string | null, cpa: string | null, cpm: string | null, partialRatios: Array<string> }, campaigns: { edges: Array<{ node: { id: string, name: string, source: string, metrics: { impressions: number | null, clicks: number | null, conversions: string | null, revenue: string | null, spend: string | null, ctr: number | null, cvr: number | null, roas: number | null, cpc: string | null, cpa: string | null, cpm: string | null, partialRatios: Array<string> } } }> }, feeds: Array<{ id: string, name: string, gaps: Array<{ date: string, status: GapStatus, reason: string | null }> }> }
    | { __typename: 'ColumnMapping', id: string }
    | { __typename: 'Creative', id: string }
    | { __typename: 'Erasure', id: string }
    | { __typename: 'Feed', id: string }
    | { __typename: 'File', id: string }
    | { __typename: 'IngestionRun', id: string }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'IssuedReport', id: string }
    | { __typename: 'JobRun', id: string }
    | { __typename: 'Membership', id: string }
    | { __typename: 'MetricsExport', id: string }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Placement', id: string }
    | { __typename: 'PlatformCredential', id: string }
    | { __typename: 'RateCard', id: string }
    | { __typename: 'ReportDefinition', id: string }
    | { __typename: 'RunSlice', id: string }
    | { __typename: 'ServiceToken', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'SourceObject', id: string }
    | { __typename: 'Strategy', id: string }
    | { __typename: 'Summary', id: string }
    | { __typename: 'Upload', id: string }
    | { __typename: 'Webhook', id: string }
    | { __typename: 'WebhookDelivery', id: string }
   | null };

export type HierarchyQueryVariables = Exact<{
  id: string;
  range: DateRangeInput;
  first: number;
}>;


export type HierarchyQuery = { node:
    | { __typename: 'AeoAnswer', id: string }
    | { __typename: 'AeoAudit', id: string }
    | { __typename: 'AeoQuestion', id: string }
    | { __typename: 'AeoSetUp', id: string }
    | { __typename: 'Alert', id: string }
    | { __typename: 'AlertRule', id: string }
    | { __typename: 'Backfill', id: string }
    | { __typename: 'Brand', id: string }
    | { __typename: 'Budget', id: string }
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Client', id: string, campaigns: { edges: Array<{ node: { id: string, name: string, metrics: { impressions: number | null, spend: string | null }, strategies: { edges: Array<{ node: { id: string, name: string, metrics: { impressions: number | null, spend: string | null }, placements: { edges: Array<{ node: { id: string, name: string, metrics: { impressions: number | null, spend: string | null }, creatives: { edges: Array<{ node: { id: string, name: string, previewUrl: string | null, metrics: { impressions: number | null, spend: string | null } } }> } } }> } } }> } } }> } }
    | { __typename: 'ColumnMapping', id: string }
    | { __typename: 'Creative', id: string }
    | { __typename: 'Erasure', id: string }
    | { __typename: 'Feed', id: string }
    | { __typename: 'File', id: string }
    | { __typename: 'IngestionRun', id: string }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'IssuedReport', id: string }
    | { __typename: 'JobRun', id: string }
    | { __typename: 'Membership', id: string }
    | { __typename: 'MetricsExport', id: string }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Placement', id: string }
    | { __typename: 'PlatformCredential', id: string }
    | { __typename: 'RateCard', id: string }
    | { __typename: 'ReportDefinition', id: string }
    | { __typename: 'RunSlice', id: string }
    | { __typename: 'ServiceToken', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'SourceObject', id: string }
    | { __typename: 'Strategy', id: string }
    | { __typename: 'Summary', id: string }
    | { __typename: 'Upload', id: string }
    | { __typename: 'Webhook', id: string }
    | { __typename: 'WebhookDelivery', id: string }
   | null };

export type JobsQueryVariables = Exact<{
  filter?: JobFilterInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type JobsQuery = { jobs: { edges: Array<{ node: { id: string, name: string, queue: string, status: JobStatus, priority: number, attempt: number, errorCode: string | null, errorMessage: string | null, client: { name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RetryJobMutationVariables = Exact<{
  id: string;
}>;


export type RetryJobMutation = { retryJob: { jobRun: { id: string, status: JobStatus } } };

export type SetJobPriorityMutationVariables = Exact<{
  id: string;
  priority: number;
}>;


export type SetJobPriorityMutation = { setJobPriority: { jobRun: { id: string, priority: number } } };

export type QueuesQueryVariables = Exact<{ [key: string]: never; }>;


export type QueuesQuery = { queues: Array<{ name: string, waiting: number, running: number, failedLastDay: number, oldestDueAt: string | null, pausedAt: string | null, pauseReason: string | null, isPausedByOperator: boolean }> };

export type PauseQueueMutationVariables = Exact<{
  input: PauseQueueInput;
}>;


export type PauseQueueMutation = { pauseQueue: { queue: { name: string, pausedAt: string | null, pauseReason: string | null } } };

export type ResumeQueueMutationVariables = Exact<{
  queue: string;
}>;


export type ResumeQueueMutation = { resumeQueue: { queue: { name: string, pausedAt: string | null } } };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { health: { status: HealthStatus, checkedAt: string, components: Array<{ name: HealthComponentName, source: string | null, status: HealthStatus, value: number | null, limit: number | null, unit: HealthUnit | null, affected: number | null, message: string | null, lastSuccessAt: string | null, observedAt: string }> } };

export type WorkersQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkersQuery = { workers: Array<{ name: string, version: string, queues: Array<string>, concurrency: number, status: WorkerStatus, lastBeatAt: string, jobRuns: Array<{ id: string, name: string, status: JobStatus }> }> };

export type TimeSeriesQueryVariables = Exact<{
  id: string;
  range: DateRangeInput;
  grain?: Grain | null | undefined;
  fillGaps?: boolean | null | undefined;
}>;


export type TimeSeriesQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign', timeSeries: Array<{ from: string, to: string, status: PeriodStatus, reason: string | null, metrics: { impressions: number | null, spend: string | null, ctr: number | null } | null }> }
    | { __typename: 'Client', timeSeries: Array<{ from: string, to: string, status: PeriodStatus, reason: string | null, metrics: { impressions: number | null, spend: string | null, ctr: number | null, coverage: { status: PeriodStatus } } | null }> }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type ComparisonQueryVariables = Exact<{
  id: string;
  range: DateRangeInput;
  compareTo: CompareToInput;
}>;


export type ComparisonQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client', metrics: { from: string, to: string, currency: string, coverage: { status: PeriodStatus, reason: string | null }, comparison: { metrics: { from: string, to: string, impressions: number | null }, changes: Array<{ metric: MetricName, value: string | null, base: string | null, absolute: string | null, relative: number | null, gap: ChangeGap | null }> } | null } }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type HomeQueryVariables = Exact<{
  range: DateRangeInput;
  compareTo?: CompareToInput | null | undefined;
}>;


export type HomeQuery = { home: { totals: Array<{ currency: string, clientCount: number, metrics: { impressions: number | null, spend: string | null, coverage: { status: PeriodStatus }, comparison: { changes: Array<{ relative: number | null, gap: ChangeGap | null }> } | null } }> }, clients: { edges: Array<{ node: { name: string, dataThrough: string | null, freshness: Array<{ feedName: string, dataThrough: string | null, isBehind: boolean }>, problems: Array<{ kind: ProblemKind, days: number, date: string | null, feed: { name: string } | null }> | null, metrics: { spend: string | null } } }> } };

export type ServiceTokenFieldsFragment = { id: string, name: string, prefix: string, scopes: Array<ServiceTokenScope>, allowsQueryString: boolean, createdAt: string, expiresAt: string, revokedAt: string | null, lastUsedAt: string | null, clients: Array<{ id: string, name: string }> | null };

export type ServiceTokensQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ServiceTokensQuery = { serviceTokens: { edges: Array<{ cursor: string, node: { id: string, name: string, prefix: string, scopes: Array<ServiceTokenScope>, allowsQueryString: boolean, createdAt: string, expiresAt: string, revokedAt: string | null, lastUsedAt: string | null, clients: Array<{ id: string, name: string }> | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateServiceTokenMutationVariables = Exact<{
  input: CreateServiceTokenInput;
}>;


export type CreateServiceTokenMutation = { createServiceToken: { token: string | null, serviceToken: { id: string, name: string, prefix: string, scopes: Array<ServiceTokenScope>, allowsQueryString: boolean, createdAt: string, expiresAt: string, revokedAt: string | null, lastUsedAt: string | null, clients: Array<{ id: string, name: string }> | null } } };

export type RevokeServiceTokenMutationVariables = Exact<{
  id: string;
}>;


export type RevokeServiceTokenMutation = { revokeServiceToken: { serviceToken: { id: string, name: string, prefix: string, scopes: Array<ServiceTokenScope>, allowsQueryString: boolean, createdAt: string, expiresAt: string, revokedAt: string | null, lastUsedAt: string | null, clients: Array<{ id: string, name: string }> | null } } };

export type MetricRowsQueryVariables = Exact<{
  dimensions: Array<Dimension> | Dimension;
  metrics: Array<MetricName> | MetricName;
  range: DateRangeInput;
  filters?: MetricFiltersInput | null | undefined;
  grain?: Grain | null | undefined;
  orderBy?: MetricRowOrderInput | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MetricRowsQuery = { metricRows: { rows: Array<Array<unknown> | null>, totals: Array<Array<unknown> | null>, asOf: string, complete: boolean, columns: Array<{ key: string, label: string, type: ColumnType, unit: ColumnUnit | null, additive: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DashboardQueryVariables = Exact<{
  clientId: string;
  range: DateRangeInput;
  compareTo?: CompareToInput | null | undefined;
  by?: MetricName | null | undefined;
  first?: number | null | undefined;
}>;


export type DashboardQuery = { dashboard: { client: { name: string, dataThrough: string | null, freshness: Array<{ feedName: string, source: string, dataThrough: string | null, isBehind: boolean }> }, summary: { impressions: number | null, clicks: number | null, conversions: string | null, revenue: string | null, spend: string | null, ctr: number | null, cpc: string | null, cpa: string | null, roas: number | null, coverage: { status: PeriodStatus }, comparison: { changes: Array<{ metric: MetricName, relative: number | null, gap: ChangeGap | null }> } | null }, topCampaigns: Array<{ node: { name: string, source: string }, metrics: { impressions: number | null, spend: string | null, roas: number | null } }>, topStrategies: Array<{ node: { name: string, campaign: { name: string } }, metrics: { spend: string | null } }>, topPlacements: Array<{ node: { name: string }, metrics: { spend: string | null } }>, topCreatives: Array<{ node: { name: string, previewUrl: string | null }, metrics: { spend: string | null, ctr: number | null } }>, lastRuns: Array<{ status: RunStatus, fromDate: string, toDate: string }> | null } };

export type RateCardsQueryVariables = Exact<{
  id: string;
}>;


export type RateCardsQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client', rateCards: Array<{ cpm: string, effectiveFrom: string }> }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload: { path: string, upload: { id: string, state: UploadState } } };

export type UploadStateQueryVariables = Exact<{
  id: string;
}>;


export type UploadStateQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client' }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload', id: string, state: UploadState, reason: string | null, previewJob: { id: string } | null, preview: { rowsRead: number, rowsRejected: number, days: Array<{ date: string }> } | null, run: { id: string, jobRun: { id: string } } | null }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type ConfirmUploadMutationVariables = Exact<{
  id: string;
}>;


export type ConfirmUploadMutation = { confirmUpload: { upload: { id: string, run: { id: string, jobRun: { id: string, status: JobStatus } } | null } } };

export type ExportMetricsMutationVariables = Exact<{
  input: ExportMetricsInput;
}>;


export type ExportMetricsMutation = { exportMetrics: { metricsExport: { id: string, format: ExportFormat, rowCount: number | null, jobRun: { id: string } | null, file: { id: string, name: string, sizeBytes: number } | null } } };

export type MetricsExportQueryVariables = Exact<{
  id: string;
}>;


export type MetricsExportQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client' }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport', id: string, format: ExportFormat, rowCount: number | null, jobRun: { id: string } | null, file: { id: string, name: string, sizeBytes: number } | null }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type MetricsExportFieldsFragment = { id: string, format: ExportFormat, rowCount: number | null, jobRun: { id: string } | null, file: { id: string, name: string, sizeBytes: number } | null };

export type CreateFileLinkMutationVariables = Exact<{
  id: string;
}>;


export type CreateFileLinkMutation = { createFileLink: { path: string, expiresAt: string } };

export type CreateReportDefinitionMutationVariables = Exact<{
  input: CreateReportDefinitionInput;
}>;


export type CreateReportDefinitionMutation = { createReportDefinition: { reportDefinition: { id: string } } };

export type IssueReportMutationVariables = Exact<{
  input: IssueReportInput;
}>;


export type IssueReportMutation = { issueReport: { issuedReport: { id: string, jobRun: { id: string } | null } } };

export type IssuedReportQueryVariables = Exact<{
  id: string;
}>;


export type IssuedReportQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client' }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport', name: string, fromDate: string, toDate: string, file: { id: string, name: string, sizeBytes: number } | null, changesSince: { days: Array<{ date: string }> } }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type GenerateSummariesMutationVariables = Exact<{
  input: GenerateSummariesInput;
}>;


export type GenerateSummariesMutation = { generateSummaries: { jobRun: { id: string } } };

export type LatestSummaryQueryVariables = Exact<{
  id: string;
}>;


export type LatestSummaryQuery = { node:
    | { __typename: 'AeoAnswer' }
    | { __typename: 'AeoAudit' }
    | { __typename: 'AeoQuestion' }
    | { __typename: 'AeoSetUp' }
    | { __typename: 'Alert' }
    | { __typename: 'AlertRule' }
    | { __typename: 'Backfill' }
    | { __typename: 'Brand' }
    | { __typename: 'Budget' }
    | { __typename: 'Campaign' }
    | { __typename: 'Client', latestSummary: { fromDate: string, toDate: string, sentences: Array<{ text: string }> } | null }
    | { __typename: 'ColumnMapping' }
    | { __typename: 'Creative' }
    | { __typename: 'Erasure' }
    | { __typename: 'Feed' }
    | { __typename: 'File' }
    | { __typename: 'IngestionRun' }
    | { __typename: 'Invitation' }
    | { __typename: 'IssuedReport' }
    | { __typename: 'JobRun' }
    | { __typename: 'Membership' }
    | { __typename: 'MetricsExport' }
    | { __typename: 'Organization' }
    | { __typename: 'Placement' }
    | { __typename: 'PlatformCredential' }
    | { __typename: 'RateCard' }
    | { __typename: 'ReportDefinition' }
    | { __typename: 'RunSlice' }
    | { __typename: 'ServiceToken' }
    | { __typename: 'Session' }
    | { __typename: 'SourceObject' }
    | { __typename: 'Strategy' }
    | { __typename: 'Summary' }
    | { __typename: 'Upload' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type SetBrandProfileMutationVariables = Exact<{
  input: SetBrandProfileInput;
}>;


export type SetBrandProfileMutation = { setBrandProfile: { brandProfile: { brands: Array<{ id: string, name: string, isOwn: boolean }> } } };

export type CreateAeoSetUpMutationVariables = Exact<{
  input: CreateAeoSetUpInput;
}>;


export type CreateAeoSetUpMutation = { createAeoSetUp: { aeoSetUp: { id: string } } };

export type EstimateAeoAuditQueryVariables = Exact<{
  setUpId: string;
}>;


export type EstimateAeoAuditQuery = { estimateAeoAudit: { questions: number, calls: number, cost: string | null } };

export type StartAeoAuditMutationVariables = Exact<{
  setUpId: string;
  idempotencyKey?: string | null | undefined;
}>;


export type StartAeoAuditMutation = { startAeoAudit: { aeoAudit: { id: string, status: AeoAuditStatus, questionCount: number | null, answerCount: number | null, errorCode: string | null, errorMessage: string | null, progress: { stage: AeoAuditStage, progress: number, stageProgress: number, batch: number, answersPerMinute: number | null, estimatedCompletionAt: string | null, spent: string, lastError: string | null, platforms: Array<{ platform: AnswerPlatform, answered: number, failed: number, skipped: number, errors: number }> } } } };

export type RetryAeoAuditMutationVariables = Exact<{
  id: string;
}>;


export type RetryAeoAuditMutation = { retryAeoAudit: { aeoAudit: { id: string, status: AeoAuditStatus, questionCount: number | null, answerCount: number | null, errorCode: string | null, errorMessage: string | null, progress: { stage: AeoAuditStage, progress: number, stageProgress: number, batch: number, answersPerMinute: number | null, estimatedCompletionAt: string | null, spent: string, lastError: string | null, platforms: Array<{ platform: AnswerPlatform, answered: number, failed: number, skipped: number, errors: number }> } } } };

export type ExportAeoAuditMutationVariables = Exact<{
  input: ExportAeoAuditInput;
}>;


export type ExportAeoAuditMutation = { exportAeoAudit: { jobRun: { id: string } } };

export type FilesQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type FilesQuery = { files: { nodes: Array<{ id: string, name: string, sizeBytes: number }> } };

export type AeoAuditResultsQueryVariables = Exact<{
  id: string;
}>;


export type AeoAuditResultsQuery = { node:
    | { __typename: 'AeoAnswer', id: string }
    | { __typename: 'AeoAudit', id: string, results: { counts: { answered: number }, brands: Array<{ name: string, visibility: { value: number | null, low: number | null, high: number | null }, shareOfVoice: { value: number | null }, citationRate: { value: number | null }, position: { value: number | null }, sentiment: { value: number | null } }> }, recommendations: Array<{ sentence: string, action: string }> }
    | { __typename: 'AeoQuestion', id: string }
    | { __typename: 'AeoSetUp', id: string }
    | { __typename: 'Alert', id: string }
    | { __typename: 'AlertRule', id: string }
    | { __typename: 'Backfill', id: string }
    | { __typename: 'Brand', id: string }
    | { __typename: 'Budget', id: string }
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Client', id: string }
    | { __typename: 'ColumnMapping', id: string }
    | { __typename: 'Creative', id: string }
    | { __typename: 'Erasure', id: string }
    | { __typename: 'Feed', id: string }
    | { __typename: 'File', id: string }
    | { __typename: 'IngestionRun', id: string }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'IssuedReport', id: string }
    | { __typename: 'JobRun', id: string }
    | { __typename: 'Membership', id: string }
    | { __typename: 'MetricsExport', id: string }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Placement', id: string }
    | { __typename: 'PlatformCredential', id: string }
    | { __typename: 'RateCard', id: string }
    | { __typename: 'ReportDefinition', id: string }
    | { __typename: 'RunSlice', id: string }
    | { __typename: 'ServiceToken', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'SourceObject', id: string }
    | { __typename: 'Strategy', id: string }
    | { __typename: 'Summary', id: string }
    | { __typename: 'Upload', id: string }
    | { __typename: 'Webhook', id: string }
    | { __typename: 'WebhookDelivery', id: string }
   | null };

export type AeoAuditProgressSubscriptionVariables = Exact<{
  id: string;
}>;


export type AeoAuditProgressSubscription = { aeoAuditProgress: { id: string, status: AeoAuditStatus, questionCount: number | null, answerCount: number | null, errorCode: string | null, errorMessage: string | null, progress: { stage: AeoAuditStage, progress: number, stageProgress: number, batch: number, answersPerMinute: number | null, estimatedCompletionAt: string | null, spent: string, lastError: string | null, platforms: Array<{ platform: AnswerPlatform, answered: number, failed: number, skipped: number, errors: number }> } } };

export type AeoAuditStateFragment = { id: string, status: AeoAuditStatus, questionCount: number | null, answerCount: number | null, errorCode: string | null, errorMessage: string | null, progress: { stage: AeoAuditStage, progress: number, stageProgress: number, batch: number, answersPerMinute: number | null, estimatedCompletionAt: string | null, spent: string, lastError: string | null, platforms: Array<{ platform: AnswerPlatform, answered: number, failed: number, skipped: number, errors: number }> } };

export type CreateBudgetMutationVariables = Exact<{
  input: CreateBudgetInput;
}>;


export type CreateBudgetMutation = { createBudget: { budget: { amount: string, fromDate: string, toDate: string, pacing: { status: PaceStatus, expected: string, spent: string } } } };

export type CreateAlertRuleMutationVariables = Exact<{
  input: CreateAlertRuleInput;
}>;


export type CreateAlertRuleMutation = { createAlertRule: { alertRule: { id: string } } };

export type AlertFieldsFragment = { id: string, kind: AlertKind, severity: AlertSeverity, message: string, note: string | null, resolvedAt: string | null, client: { name: string } | null };

export type AlertsSubscriptionVariables = Exact<{
  clientId?: string | null | undefined;
}>;


export type AlertsSubscription = { alerts: Array<{ id: string, kind: AlertKind, severity: AlertSeverity, message: string, note: string | null, resolvedAt: string | null, client: { name: string } | null }> };

export type OpenAlertsQueryVariables = Exact<{
  clientId: string;
  range: DateRangeInput;
}>;


export type OpenAlertsQuery = { dashboard: { openAlerts: { count: number, bySeverity: Array<{ severity: AlertSeverity, count: number }>, alerts: Array<{ id: string, kind: AlertKind, severity: AlertSeverity, message: string, note: string | null, resolvedAt: string | null, client: { name: string } | null }> } | null } };

export type AcknowledgeAlertMutationVariables = Exact<{
  id: string;
  note?: string | null | undefined;
}>;


export type AcknowledgeAlertMutation = { acknowledgeAlert: { alert: { id: string, kind: AlertKind, severity: AlertSeverity, message: string, note: string | null, resolvedAt: string | null, client: { name: string } | null } } };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { createWebhook: { secret: string | null, webhook: { id: string } } };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { updateWebhook: { webhook: { active: boolean } } };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { webhooks: { nodes: Array<{ id: string, name: string, deliveries: { nodes: Array<{ id: string, event: WebhookDeliveryEvent, status: WebhookDeliveryStatus, attempts: number, lastStatus: number | null, lastError: string | null }> } }> } };

export type RetentionQueryVariables = Exact<{ [key: string]: never; }>;


export type RetentionQuery = { retentionPolicy: { hotMonths: number, fileDays: number, plan: { months: Array<{ month: string, rows: number }>, logs: Array<{ rows: number }>, sourceFiles: { files: number } } } };

export const TokensFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Tokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]} as unknown as DocumentNode<TokensFragment, unknown>;
export const SliceTotalsFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SliceTotalsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SliceTotals"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]} as unknown as DocumentNode<SliceTotalsFieldsFragment, unknown>;
export const MetricsFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MetricsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Metrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}},{"kind":"Field","name":{"kind":"Name","value":"cvr"}},{"kind":"Field","name":{"kind":"Name","value":"roas"}},{"kind":"Field","name":{"kind":"Name","value":"cpc"}},{"kind":"Field","name":{"kind":"Name","value":"cpa"}},{"kind":"Field","name":{"kind":"Name","value":"cpm"}},{"kind":"Field","name":{"kind":"Name","value":"partialRatios"}}]}}]} as unknown as DocumentNode<MetricsFieldsFragment, unknown>;
export const ServiceTokenFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServiceTokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"allowsQueryString"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<ServiceTokenFieldsFragment, unknown>;
export const MetricsExportFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MetricsExportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetricsExport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"format"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}}]}}]} as unknown as DocumentNode<MetricsExportFieldsFragment, unknown>;
export const AeoAuditStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AeoAuditState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AeoAudit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"stageProgress"}},{"kind":"Field","name":{"kind":"Name","value":"batch"}},{"kind":"Field","name":{"kind":"Name","value":"answersPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCompletionAt"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<AeoAuditStateFragment, unknown>;
export const AlertFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<AlertFieldsFragment, unknown>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Tokens"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Tokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Refresh"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refresh"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Tokens"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Tokens"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]} as unknown as DocumentNode<RefreshMutation, RefreshMutationVariables>;
export const SignOutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"serviceToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const ClientsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Clients"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clients"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"feeds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"keyPattern"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ClientsQuery, ClientsQueryVariables>;
export const CreateClientDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateClient"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateClientInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createClient"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"feeds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateClientMutation, CreateClientMutationVariables>;
export const CreatePlatformCredentialDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePlatformCredential"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePlatformCredentialInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPlatformCredential"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"credential"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePlatformCredentialMutation, CreatePlatformCredentialMutationVariables>;
export const CreateFeedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateFeed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFeedInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createFeed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"feed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"lookbackDays"}}]}}]}}]}}]} as unknown as DocumentNode<CreateFeedMutation, CreateFeedMutationVariables>;
export const TestFeedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestFeed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testFeed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"foundDates"}},{"kind":"Field","name":{"kind":"Name","value":"missingDates"}},{"kind":"Field","name":{"kind":"Name","value":"keys"}}]}}]}}]} as unknown as DocumentNode<TestFeedMutation, TestFeedMutationVariables>;
export const SetRateCardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetRateCard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetRateCardInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setRateCard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateCard"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cpm"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveFrom"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveTo"}}]}}]}}]}}]} as unknown as DocumentNode<SetRateCardMutation, SetRateCardMutationVariables>;
export const StartIngestionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartIngestion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartIngestionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startIngestion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StartIngestionMutation, StartIngestionMutationVariables>;
export const BackfillDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Backfill"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BackfillInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backfill"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backfill"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<BackfillMutation, BackfillMutationVariables>;
export const CancelJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequestedAt"}}]}}]}}]}}]} as unknown as DocumentNode<CancelJobMutation, CancelJobMutationVariables>;
export const ApproveHeldRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveHeldRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approveHeldRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ApproveHeldRunMutation, ApproveHeldRunMutationVariables>;
export const JobProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"JobProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}}]}}]} as unknown as DocumentNode<JobProgressSubscription, JobProgressSubscriptionVariables>;
export const IngestionRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IngestionRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ingestionRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rowsRead"}},{"kind":"Field","name":{"kind":"Name","value":"rowsRejected"}},{"kind":"Field","name":{"kind":"Name","value":"rowsMerged"}},{"kind":"Field","name":{"kind":"Name","value":"rejections"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"timings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"milliseconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"slices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"rowsRead"}},{"kind":"Field","name":{"kind":"Name","value":"rowsRejected"}},{"kind":"Field","name":{"kind":"Name","value":"rowsMerged"}},{"kind":"Field","name":{"kind":"Name","value":"totalsBefore"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SliceTotalsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalsAfter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SliceTotalsFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"rejectedRows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"cells"}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SliceTotalsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SliceTotals"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]} as unknown as DocumentNode<IngestionRunQuery, IngestionRunQueryVariables>;
export const IngestionRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IngestionRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"IngestionRunFilterInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ingestionRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<IngestionRunsQuery, IngestionRunsQueryVariables>;
export const PerformanceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Performance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MetricsFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1000"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MetricsFields"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"feeds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"gaps"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MetricsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Metrics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}},{"kind":"Field","name":{"kind":"Name","value":"cvr"}},{"kind":"Field","name":{"kind":"Name","value":"roas"}},{"kind":"Field","name":{"kind":"Name","value":"cpc"}},{"kind":"Field","name":{"kind":"Name","value":"cpa"}},{"kind":"Field","name":{"kind":"Name","value":"cpm"}},{"kind":"Field","name":{"kind":"Name","value":"partialRatios"}}]}}]} as unknown as DocumentNode<PerformanceQuery, PerformanceQueryVariables>;
export const HierarchyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Hierarchy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaigns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}},{"kind":"Field","name":{"kind":"Name","value":"placements"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}},{"kind":"Field","name":{"kind":"Name","value":"creatives"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"previewUrl"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<HierarchyQuery, HierarchyQueryVariables>;
export const JobsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Jobs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"JobFilterInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"queue"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<JobsQuery, JobsQueryVariables>;
export const RetryJobDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryJob"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<RetryJobMutation, RetryJobMutationVariables>;
export const SetJobPriorityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetJobPriority"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"priority"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setJobPriority"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"priority"},"value":{"kind":"Variable","name":{"kind":"Name","value":"priority"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}}]}}]}}]}}]} as unknown as DocumentNode<SetJobPriorityMutation, SetJobPriorityMutationVariables>;
export const QueuesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Queues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"running"}},{"kind":"Field","name":{"kind":"Name","value":"failedLastDay"}},{"kind":"Field","name":{"kind":"Name","value":"oldestDueAt"}},{"kind":"Field","name":{"kind":"Name","value":"pausedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pauseReason"}},{"kind":"Field","name":{"kind":"Name","value":"isPausedByOperator"}}]}}]}}]} as unknown as DocumentNode<QueuesQuery, QueuesQueryVariables>;
export const PauseQueueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PauseQueueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"pausedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pauseReason"}}]}}]}}]}}]} as unknown as DocumentNode<PauseQueueMutation, PauseQueueMutationVariables>;
export const ResumeQueueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeQueue"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"queue"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"queue"},"value":{"kind":"Variable","name":{"kind":"Name","value":"queue"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"pausedAt"}}]}}]}}]}}]} as unknown as DocumentNode<ResumeQueueMutation, ResumeQueueMutationVariables>;
export const HealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"components"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"affected"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}}]}}]}}]} as unknown as DocumentNode<HealthQuery, HealthQueryVariables>;
export const WorkersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Workers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"queues"}},{"kind":"Field","name":{"kind":"Name","value":"concurrency"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastBeatAt"}},{"kind":"Field","name":{"kind":"Name","value":"jobRuns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<WorkersQuery, WorkersQueryVariables>;
export const TimeSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TimeSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"grain"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Grain"}},"defaultValue":{"kind":"EnumValue","value":"DAY"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"fillGaps"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}},"defaultValue":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeSeries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"grain"},"value":{"kind":"Variable","name":{"kind":"Name","value":"grain"}}},{"kind":"Argument","name":{"kind":"Name","value":"fillGaps"},"value":{"kind":"Variable","name":{"kind":"Name","value":"fillGaps"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeSeries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"grain"},"value":{"kind":"Variable","name":{"kind":"Name","value":"grain"}}},{"kind":"Argument","name":{"kind":"Name","value":"fillGaps"},"value":{"kind":"Variable","name":{"kind":"Name","value":"fillGaps"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<TimeSeriesQuery, TimeSeriesQueryVariables>;
export const ComparisonDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Comparison"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareToInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comparison"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"impressions"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"metrics"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"IMPRESSIONS"},{"kind":"EnumValue","value":"CTR"},{"kind":"EnumValue","value":"COMPLETED_VIEWS"},{"kind":"EnumValue","value":"SPEND"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metric"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"base"}},{"kind":"Field","name":{"kind":"Name","value":"absolute"}},{"kind":"Field","name":{"kind":"Name","value":"relative"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ComparisonQuery, ComparisonQueryVariables>;
export const HomeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Home"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareToInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"home"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"clientCount"}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comparison"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"metrics"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"SPEND"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"relative"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dataThrough"}},{"kind":"Field","name":{"kind":"Name","value":"freshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"feedName"}},{"kind":"Field","name":{"kind":"Name","value":"dataThrough"}},{"kind":"Field","name":{"kind":"Name","value":"isBehind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"days"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"feed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<HomeQuery, HomeQueryVariables>;
export const ServiceTokensDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ServiceTokens"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServiceTokenFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServiceTokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"allowsQueryString"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<ServiceTokensQuery, ServiceTokensQueryVariables>;
export const CreateServiceTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateServiceToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateServiceTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createServiceToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServiceTokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServiceTokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"allowsQueryString"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<CreateServiceTokenMutation, CreateServiceTokenMutationVariables>;
export const RevokeServiceTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeServiceToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeServiceToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ServiceTokenFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ServiceTokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"clients"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"allowsQueryString"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<RevokeServiceTokenMutation, RevokeServiceTokenMutationVariables>;
export const MetricRowsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MetricRows"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dimensions"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Dimension"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"metrics"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MetricName"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filters"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MetricFiltersInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"grain"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Grain"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MetricRowOrderInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metricRows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"dimensions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dimensions"}}},{"kind":"Argument","name":{"kind":"Name","value":"metrics"},"value":{"kind":"Variable","name":{"kind":"Name","value":"metrics"}}},{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"filters"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filters"}}},{"kind":"Argument","name":{"kind":"Name","value":"grain"},"value":{"kind":"Variable","name":{"kind":"Name","value":"grain"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"unit"}},{"kind":"Field","name":{"kind":"Name","value":"additive"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"totals"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<MetricRowsQuery, MetricRowsQueryVariables>;
export const DashboardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Dashboard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareToInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MetricName"}},"defaultValue":{"kind":"EnumValue","value":"SPEND"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dashboard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}},{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dataThrough"}},{"kind":"Field","name":{"kind":"Name","value":"freshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"feedName"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"dataThrough"}},{"kind":"Field","name":{"kind":"Name","value":"isBehind"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"summary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"clicks"}},{"kind":"Field","name":{"kind":"Name","value":"conversions"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}},{"kind":"Field","name":{"kind":"Name","value":"cpc"}},{"kind":"Field","name":{"kind":"Name","value":"cpa"}},{"kind":"Field","name":{"kind":"Name","value":"roas"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comparison"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"metrics"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"SPEND"},{"kind":"EnumValue","value":"ROAS"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metric"}},{"kind":"Field","name":{"kind":"Name","value":"relative"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topCampaigns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"impressions"}},{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"roas"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topStrategies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topPlacements"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spend"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"topCreatives"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"previewUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spend"}},{"kind":"Field","name":{"kind":"Name","value":"ctr"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}}]}}]}}]}}]} as unknown as DocumentNode<DashboardQuery, DashboardQueryVariables>;
export const RateCardsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RateCards"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rateCards"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cpm"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveFrom"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RateCardsQuery, RateCardsQueryVariables>;
export const CreateUploadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateUpload"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateUploadInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createUpload"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]} as unknown as DocumentNode<CreateUploadMutation, CreateUploadMutationVariables>;
export const UploadStateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UploadState"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Upload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"previewJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"preview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rowsRead"}},{"kind":"Field","name":{"kind":"Name","value":"rowsRejected"}},{"kind":"Field","name":{"kind":"Name","value":"days"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<UploadStateQuery, UploadStateQueryVariables>;
export const ConfirmUploadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmUpload"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmUpload"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmUploadMutation, ConfirmUploadMutationVariables>;
export const ExportMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExportMetrics"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExportMetricsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportMetrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metricsExport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MetricsExportFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MetricsExportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetricsExport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"format"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}}]}}]} as unknown as DocumentNode<ExportMetricsMutation, ExportMetricsMutationVariables>;
export const MetricsExportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MetricsExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetricsExport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MetricsExportFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MetricsExportFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetricsExport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"format"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}}]}}]} as unknown as DocumentNode<MetricsExportQuery, MetricsExportQueryVariables>;
export const CreateFileLinkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateFileLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createFileLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<CreateFileLinkMutation, CreateFileLinkMutationVariables>;
export const CreateReportDefinitionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateReportDefinition"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateReportDefinitionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createReportDefinition"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reportDefinition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateReportDefinitionMutation, CreateReportDefinitionMutationVariables>;
export const IssueReportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"IssueReport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IssueReportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueReport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issuedReport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<IssueReportMutation, IssueReportMutationVariables>;
export const IssuedReportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IssuedReport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IssuedReport"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changesSince"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"days"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"date"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<IssuedReportQuery, IssuedReportQueryVariables>;
export const GenerateSummariesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GenerateSummaries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GenerateSummariesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"generateSummaries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<GenerateSummariesMutation, GenerateSummariesMutationVariables>;
export const LatestSummaryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LatestSummary"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Client"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"latestSummary"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"kind"},"value":{"kind":"EnumValue","value":"WEEKLY"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"sentences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<LatestSummaryQuery, LatestSummaryQueryVariables>;
export const SetBrandProfileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetBrandProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetBrandProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setBrandProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brandProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"brands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isOwn"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SetBrandProfileMutation, SetBrandProfileMutationVariables>;
export const CreateAeoSetUpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateAeoSetUp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateAeoSetUpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createAeoSetUp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"aeoSetUp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateAeoSetUpMutation, CreateAeoSetUpMutationVariables>;
export const EstimateAeoAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EstimateAeoAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"setUpId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"estimateAeoAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"setUpId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"setUpId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"questions"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}}]}}]}}]} as unknown as DocumentNode<EstimateAeoAuditQuery, EstimateAeoAuditQueryVariables>;
export const StartAeoAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartAeoAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"setUpId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startAeoAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"setUpId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"setUpId"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"aeoAudit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AeoAuditState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AeoAuditState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AeoAudit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"stageProgress"}},{"kind":"Field","name":{"kind":"Name","value":"batch"}},{"kind":"Field","name":{"kind":"Name","value":"answersPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCompletionAt"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<StartAeoAuditMutation, StartAeoAuditMutationVariables>;
export const RetryAeoAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryAeoAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAeoAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"aeoAudit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AeoAuditState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AeoAuditState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AeoAudit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"stageProgress"}},{"kind":"Field","name":{"kind":"Name","value":"batch"}},{"kind":"Field","name":{"kind":"Name","value":"answersPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCompletionAt"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<RetryAeoAuditMutation, RetryAeoAuditMutationVariables>;
export const ExportAeoAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExportAeoAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExportAeoAuditInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportAeoAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<ExportAeoAuditMutation, ExportAeoAuditMutationVariables>;
export const FilesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Files"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}}]}}]}}]}}]} as unknown as DocumentNode<FilesQuery, FilesQueryVariables>;
export const AeoAuditResultsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AeoAuditResults"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AeoAudit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"answered"}}]}},{"kind":"Field","name":{"kind":"Name","value":"brands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shareOfVoice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"citationRate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"position"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"recommendations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sentence"}},{"kind":"Field","name":{"kind":"Name","value":"action"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AeoAuditResultsQuery, AeoAuditResultsQueryVariables>;
export const AeoAuditProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AeoAuditProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"aeoAuditProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AeoAuditState"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AeoAuditState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AeoAudit"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"stageProgress"}},{"kind":"Field","name":{"kind":"Name","value":"batch"}},{"kind":"Field","name":{"kind":"Name","value":"answersPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedCompletionAt"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}}]}}]}}]} as unknown as DocumentNode<AeoAuditProgressSubscription, AeoAuditProgressSubscriptionVariables>;
export const CreateBudgetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateBudget"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateBudgetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createBudget"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"fromDate"}},{"kind":"Field","name":{"kind":"Name","value":"toDate"}},{"kind":"Field","name":{"kind":"Name","value":"pacing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CreateBudgetMutation, CreateBudgetMutationVariables>;
export const CreateAlertRuleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateAlertRule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateAlertRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createAlertRule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alertRule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateAlertRuleMutation, CreateAlertRuleMutationVariables>;
export const AlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Alerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<AlertsSubscription, AlertsSubscriptionVariables>;
export const OpenAlertsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenAlerts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"range"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateRangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dashboard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"clientId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientId"}}},{"kind":"Argument","name":{"kind":"Name","value":"range"},"value":{"kind":"Variable","name":{"kind":"Name","value":"range"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"openAlerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"bySeverity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertFields"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<OpenAlertsQuery, OpenAlertsQueryVariables>;
export const AcknowledgeAlertDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcknowledgeAlert"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"note"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acknowledgeAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"note"},"value":{"kind":"Variable","name":{"kind":"Name","value":"note"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AlertFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AlertFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Alert"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"resolvedAt"}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<AcknowledgeAlertMutation, AcknowledgeAlertMutationVariables>;
export const CreateWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"webhook"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateWebhook"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateWebhookInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateWebhook"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhook"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"active"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const WebhooksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Webhooks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"webhooks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"deliveries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatus"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<WebhooksQuery, WebhooksQueryVariables>;
export const RetentionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Retention"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retentionPolicy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hotMonths"}},{"kind":"Field","name":{"kind":"Name","value":"fileDays"}},{"kind":"Field","name":{"kind":"Name","value":"plan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"months"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"Field","name":{"kind":"Name","value":"logs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sourceFiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RetentionQuery, RetentionQueryVariables>;