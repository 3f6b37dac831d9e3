import { Identity } from './0001-identity.ts';
import { Media } from './0002-media.ts';
import { Jobs } from './0003-jobs.ts';
import { Ingestion } from './0004-ingestion.ts';
import { Operations } from './0005-operations.ts';
import { Observability } from './0006-observability.ts';
import { Operator } from './0007-operator.ts';
import { Health } from './0008-health.ts';
import { Rollups } from './0009-rollups.ts';
import { ServiceTokens } from './0010-service-tokens.ts';
import { Bi } from './0011-bi.ts';
import { Sessions } from './0012-sessions.ts';
import { Mail } from './0013-mail.ts';
import { NarrowerFunctions } from './0014-narrower-functions.ts';
import { AuditLog } from './0015-audit-log.ts';
import { DataProtection } from './0016-data-protection.ts';
import { Emergency } from './0017-emergency.ts';
import { FactsOfSources } from './0018-facts-of-sources.ts';
import { CredentialsAndReports } from './0019-credentials-and-reports.ts';
import { OrganizationKinds } from './0020-organization-kinds.ts';
import { RemovedRateCards } from './0021-removed-rate-cards.ts';
import { Runs } from './0023-runs.ts';
import { SchedulesAndAlerts } from './0024-schedules-and-alerts.ts';
import { Uploads } from './0025-uploads.ts';
import { Exports } from './0026-exports.ts';
import { Summaries } from './0027-summaries.ts';
import { Budgets } from './0028-budgets.ts';
import { LighterLoading } from './0029-lighter-loading.ts';
import { AlertRules } from './0031-alert-rules.ts';
import { FewImpressions } from './0036-few-impressions.ts';
import { Retention } from './0037-retention.ts';
import { Reports } from './0038-reports.ts';
import { Webhooks } from './0039-webhooks.ts';
import { SourceFiles } from './0040-source-files.ts';
import { AeoAudits } from './0042-aeo-audits.ts';
import { AnswerPlatforms } from './0043-answer-platforms.ts';
import { AeoUpkeep } from './0045-aeo-upkeep.ts';
import { AeoNotes } from './0046-aeo-notes.ts';
import { AeoProposals } from './0048-aeo-proposals.ts';
import { KeptProposals } from './0050-kept-proposals.ts';
import { AnswerKeys } from './0052-answer-keys.ts';

/** Every migration, in the order in which they are applied. */
export const migrations = [
  Identity,
  Media,
  Jobs,
  Ingestion,
  Operations,
  Observability,
  Operator,
  Health,
  Rollups,
  ServiceTokens,
  Bi,
  Sessions,
  Mail,
  NarrowerFunctions,
  AuditLog,
  DataProtection,
  Emergency,
  FactsOfSources,
  CredentialsAndReports,
  OrganizationKinds,
  RemovedRateCards,
  Runs,
  SchedulesAndAlerts,
  Uploads,
  Exports,
  Summaries,
  Budgets,
  LighterLoading,
  AlertRules,
  FewImpressions,
  Retention,
  Reports,
  Webhooks,
  SourceFiles,
  AeoAudits,
  AnswerPlatforms,
  AeoUpkeep,
  AeoNotes,
  AeoProposals,
  KeptProposals,
  AnswerKeys,
];
