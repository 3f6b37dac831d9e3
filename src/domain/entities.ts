import { AeoAnswer } from './aeo-audit/aeo-answer.entity.ts';
import { AeoAudit } from './aeo-audit/aeo-audit.entity.ts';
import { AeoQuestion } from './aeo-audit/aeo-question.entity.ts';
import { AeoSetUp } from './aeo-audit/aeo-set-up.entity.ts';
import { Alert } from './alert/alert.entity.ts';
import { AlertRule } from './alert-rule/alert-rule.entity.ts';
import { AuditLogEntry } from './audit-log/audit-log-entry.entity.ts';
import { Brand } from './brand/brand.entity.ts';
import { BrandProfile } from './brand/brand-profile.entity.ts';
import { Budget } from './budget/budget.entity.ts';
import { Client } from './client/client.entity.ts';
import { IssuedReport } from './client-report/issued-report.entity.ts';
import { ReportDefinition } from './client-report/report-definition.entity.ts';
import { ColumnMapping } from './column-mapping/column-mapping.entity.ts';
import { Consent } from './consent/consent.entity.ts';
import { Erasure } from './data-protection/erasure.entity.ts';
import { Feed } from './feed/feed.entity.ts';
import { File } from './file/file.entity.ts';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.ts';
import { Invitation } from './identity/invitation.entity.ts';
import { Membership } from './identity/membership.entity.ts';
import { Organization } from './identity/organization.entity.ts';
import { PasswordReset } from './identity/password-reset.entity.ts';
import { User } from './identity/user.entity.ts';
import { Backfill } from './ingestion/backfill.entity.ts';
import { IngestionRun } from './ingestion/ingestion-run.entity.ts';
import { RejectedRow } from './ingestion/rejected-row.entity.ts';
import { RunSlice } from './ingestion/run-slice.entity.ts';
import { Slice } from './ingestion/slice.entity.ts';
import { SourceObject } from './ingestion/source-object.entity.ts';
import { JobRun } from './job/job-run.entity.ts';
import { Schedule } from './job/schedule.entity.ts';
import { Mail } from './mail/mail.entity.ts';
import { Campaign } from './media/campaign.entity.ts';
import { Creative } from './media/creative.entity.ts';
import { Placement } from './media/placement.entity.ts';
import { Strategy } from './media/strategy.entity.ts';
import { MetricsExport } from './metrics-export/metrics-export.entity.ts';
import { PlatformCredential } from './platform-credential/platform-credential.entity.ts';
import { RateCard } from './rate-card/rate-card.entity.ts';
import { ReportRequest } from './report/report-request.entity.ts';
import { SecondFactor } from './second-factor/second-factor.entity.ts';
import { ServiceToken } from './service-token/service-token.entity.ts';
import { Session } from './session/session.entity.ts';
import { Summary } from './summary/summary.entity.ts';
import { Upload } from './upload/upload.entity.ts';
import { Webhook } from './webhook/webhook.entity.ts';
import { WebhookDelivery } from './webhook/webhook-delivery.entity.ts';

/** Every entity that the ORM knows. */
export const entities = [
  AeoAnswer,
  AeoAudit,
  AeoQuestion,
  AeoSetUp,
  Alert,
  AlertRule,
  AuditLogEntry,
  Backfill,
  Brand,
  BrandProfile,
  Budget,
  Campaign,
  Client,
  ColumnMapping,
  Consent,
  Creative,
  Erasure,
  Feed,
  File,
  IdempotencyKey,
  IngestionRun,
  Invitation,
  IssuedReport,
  JobRun,
  Mail,
  Membership,
  MetricsExport,
  Organization,
  PasswordReset,
  Placement,
  PlatformCredential,
  RateCard,
  RejectedRow,
  ReportDefinition,
  ReportRequest,
  RunSlice,
  Schedule,
  SecondFactor,
  ServiceToken,
  Session,
  Slice,
  SourceObject,
  Strategy,
  Summary,
  Upload,
  User,
  Webhook,
  WebhookDelivery,
];
