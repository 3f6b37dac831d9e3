import { archiveAuditLog } from './archive-audit-log.job.ts';
import { archiveFacts } from './archive-facts.job.ts';
import { askPlatform } from './ask-platform.job.ts';
import type { JobDefinition } from './define-job.ts';
import { deliverWebhook } from './deliver-webhook.job.ts';
import { eraseSubject } from './erase-subject.job.ts';
import { evaluateAlertRules } from './evaluate-alert-rules.job.ts';
import { exportAeoAudit } from './export-aeo-audit.job.ts';
import { exportClientData } from './export-client-data.job.ts';
import { exportMetrics } from './export-metrics.job.ts';
import { exportUserData } from './export-user-data.job.ts';
import { ingestFeed } from './ingest-feed.job.ts';
import { issueReport } from './issue-report.job.ts';
import { mailAlerts } from './mail-alerts.job.ts';
import { previewUpload } from './preview-upload.job.ts';
import { publishAlerts } from './publish-alerts.job.ts';
import { recomputeSpend } from './recompute-spend.job.ts';
import { renewEncryption } from './renew-encryption.job.ts';
import { restoreFacts } from './restore-facts.job.ts';
import { runAeoAudit } from './run-aeo-audit.job.ts';
import { runUpkeep } from './run-upkeep.job.ts';
import { sendDigest } from './send-digest.job.ts';
import { sendMail } from './send-mail.job.ts';
import { startScheduledAeoAudit } from './start-scheduled-aeo-audit.job.ts';
import { startScheduledIngestion } from './start-scheduled-ingestion.job.ts';
import { summarizeClient } from './summarize-client.job.ts';

/** Every kind of job, by name. */
export const jobs: ReadonlyMap<string, JobDefinition> = new Map(
  [
    ingestFeed,
    previewUpload,
    startScheduledIngestion,
    recomputeSpend,
    summarizeClient,
    sendMail,
    evaluateAlertRules,
    mailAlerts,
    publishAlerts,
    deliverWebhook,
    sendDigest,
    renewEncryption,
    archiveAuditLog,
    archiveFacts,
    restoreFacts,
    runUpkeep,
    exportClientData,
    exportUserData,
    exportMetrics,
    exportAeoAudit,
    issueReport,
    startScheduledAeoAudit,
    runAeoAudit,
    askPlatform,
    eraseSubject,
  ].map((job) => [job.name, job as unknown as JobDefinition]),
);

/** Every queue that some job goes to. */
export const queueNames: readonly string[] = [
  ...new Set([...jobs.values()].map((job) => job.queue)),
];
