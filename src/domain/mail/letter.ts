import type { AlertKind, AlertSeverity } from '../alert/alert.entity.ts';
import type { LocalDate } from '../calendar.ts';
import type { Role } from '../identity/membership.entity.ts';
import type { OffReason } from '../webhook/webhook.entity.ts';

/** When a link ends, as its reader's calendar has it. */
interface Expiry {
  /** ISO 8601. */
  expiresAt: string;
  timeZone: string;
}

/** Somebody is asked to join an organization. */
interface InvitationLetter extends Expiry {
  kind: 'INVITATION';
  organization: string;
  /** Email of who invites; null where that is not known any more. */
  invitedBy: string | null;
  role: Role;
  token: string;
}

/** Somebody may choose a new password. */
interface PasswordResetLetter extends Expiry {
  kind: 'PASSWORD_RESET';
  /** Whether an administrator asked for it, and not they themselves. */
  isByAdmin: boolean;
  organization: string;
  token: string;
}

/** Somebody's password was changed. */
interface PasswordChangedLetter {
  kind: 'PASSWORD_CHANGED';
}

/** A file that was asked for can be fetched. */
interface FileReadyLetter extends Expiry {
  kind: 'FILE_READY';
  organization: string;
  fileName: string;
  fileId: string;
  /** The client that it is about, where it is one. */
  client: string | null;
}

/** A report was issued, and goes to its reader. */
interface ReportLetter {
  kind: 'REPORT';
  organization: string;
  client: string;
  /** Of the report. */
  name: string;
  from: LocalDate;
  to: LocalDate;
  fileId: string;
}

/** Everything of a client, or of a user, is to be erased. */
interface ErasureRequestedLetter {
  kind: 'ERASURE_REQUESTED';
  subject: 'CLIENT' | 'USER';
  /** Its name; null where it is a user. */
  client: string | null;
  organization: string;
  /** ISO 8601: until when it can be cancelled. */
  dueAt: string;
  timeZone: string;
}

/** An owner is told of a breach, in the operator's words. */
interface BreachNoticeLetter {
  kind: 'BREACH_NOTICE';
  organization: string;
  subject: string;
  paragraphs: readonly string[];
}

/** What owners are told of at once. */
export type SecurityAlert = 'SIGN_IN_FAILED_REPEATEDLY' | 'REFRESH_REUSED' | 'DOWNLOADS_UNUSUAL';

/** An organization's owner is told of something that may be an attack. */
interface SecurityAlertLetter {
  kind: 'SECURITY_ALERT';
  event: SecurityAlert;
  organization: string;
  /** Email of the account that it is about; null for a service token. */
  account: string | null;
  /** Where it came from, where that is known. */
  ip: string | null;
  /** ISO 8601. */
  at: string;
  timeZone: string;
}

/** A trouble of a feed, or what a rule is about, that has begun. */
export interface ToldAlert {
  kind: AlertKind;
  severity: AlertSeverity;
  client: string;
  /** The name of the feed, or of the rule. */
  about: string;
  /** The day that it is about, where it is about one. */
  date: LocalDate | null;
  message: string;
}

/** Somebody is told of troubles that have begun. */
interface AlertsLetter {
  kind: 'ALERTS';
  organization: string;
  alerts: readonly ToldAlert[];
  /** How many began; more than `alerts` where they are very many. */
  count: number;
}

/** What happened in 24 hours, and what is wrong at their end. */
export interface DigestFacts {
  runs: number;
  failedRuns: number;
  rows: number;
  rejectedRows: number;
  missingDays: number;
  heldDays: number;
  openAlerts: number;
  /** The latest first; `latest` is the last day with data, null where there never was any. */
  lateFeeds: readonly { client: string; feed: string; latest: LocalDate | null }[];
  /** How many are late; more than `lateFeeds` where they are very many. */
  lateCount: number;
}

/** Somebody is told, in the morning, what happened in a day. */
interface DigestLetter extends DigestFacts {
  kind: 'DIGEST';
  organization: string;
  /** The day that it is, for the organization. */
  day: LocalDate;
}

/** Somebody is told that a receiver is told of alerts no more. */
interface WebhookOffLetter {
  kind: 'WEBHOOK_OFF';
  organization: string;
  /** Its name. */
  webhook: string;
  reason: OffReason;
}

/** What mails say: their facts, and no words but an operator's. */
export type Letter =
  | InvitationLetter
  | PasswordResetLetter
  | PasswordChangedLetter
  | FileReadyLetter
  | ReportLetter
  | ErasureRequestedLetter
  | BreachNoticeLetter
  | SecurityAlertLetter
  | AlertsLetter
  | WebhookOffLetter
  | DigestLetter;
