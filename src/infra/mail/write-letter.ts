import type { Letter } from '../../domain/mail/letter.ts';
import { writeAlerts } from './templates/alerts.ts';
import { writeBreachNotice } from './templates/breach-notice.ts';
import { writeDigest } from './templates/digest.ts';
import { writeErasureRequested } from './templates/erasure-requested.ts';
import { writeFileReady } from './templates/file-ready.ts';
import { writeInvitation } from './templates/invitation.ts';
import { writePasswordChanged } from './templates/password-changed.ts';
import { writePasswordReset } from './templates/password-reset.ts';
import { writeReport } from './templates/report.ts';
import { writeSecurityAlert } from './templates/security-alert.ts';
import { writeWebhookOff } from './templates/webhook-off.ts';
import type { Links, WrittenLetter } from './written-letter.ts';

/** Put a letter's facts in words. */
export function writeLetter(letter: Letter, links: Links): WrittenLetter {
  switch (letter.kind) {
    case 'INVITATION':
      return writeInvitation(letter, links);
    case 'PASSWORD_RESET':
      return writePasswordReset(letter, links);
    case 'PASSWORD_CHANGED':
      return writePasswordChanged();
    case 'BREACH_NOTICE':
      return writeBreachNotice(letter);
    case 'SECURITY_ALERT':
      return writeSecurityAlert(letter);
    case 'FILE_READY':
      return writeFileReady(letter, links);
    case 'REPORT':
      return writeReport(letter, links);
    case 'ERASURE_REQUESTED':
      return writeErasureRequested(letter, links);
    case 'ALERTS':
      return writeAlerts(letter, links);
    case 'WEBHOOK_OFF':
      return writeWebhookOff(letter);
    case 'DIGEST':
      return writeDigest(letter, links);
  }
}

const expiry = { expiresAt: '2099-11-28T14:00:00Z', timeZone: 'America/New_York' };
const organization = 'Example & Partners';
const token = 'a-token-of-an-example';

/** A letter of each kind, to look at. */
export const sampleLetters: { [K in Letter['kind']]: Extract<Letter, { kind: K }> } = {
  INVITATION: {
    kind: 'INVITATION',
    organization,
    invitedBy: 'owner@agency.example',
    role: 'ANALYST',
    token,
    ...expiry,
  },
  PASSWORD_RESET: { kind: 'PASSWORD_RESET', isByAdmin: false, organization, token, ...expiry },
  PASSWORD_CHANGED: { kind: 'PASSWORD_CHANGED' },
  BREACH_NOTICE: {
    kind: 'BREACH_NOTICE',
    organization,
    subject: 'Somebody had access to data of yours',
    paragraphs: ['On 1 November somebody read reports of yours.', 'Passwords were not among it.'],
  },
  SECURITY_ALERT: {
    kind: 'SECURITY_ALERT',
    event: 'SIGN_IN_FAILED_REPEATEDLY',
    organization,
    account: 'analyst@agency.example',
    ip: '192.0.2.1',
    at: '2099-11-21T14:00:00Z',
    timeZone: expiry.timeZone,
  },
  FILE_READY: {
    kind: 'FILE_READY',
    organization,
    client: 'Acme',
    fileName: 'client-data.zip',
    fileId: 'an-id-of-an-example',
    ...expiry,
  },
  REPORT: {
    ...{ kind: 'REPORT', organization, client: 'Acme', name: 'Weekly report' },
    ...{ from: '2099-11-14', to: '2099-11-20', fileId: 'an-id-of-an-example' },
  },
  ERASURE_REQUESTED: {
    kind: 'ERASURE_REQUESTED',
    subject: 'CLIENT',
    client: 'Acme',
    organization,
    dueAt: expiry.expiresAt,
    timeZone: expiry.timeZone,
  },
  ALERTS: {
    kind: 'ALERTS',
    organization,
    count: 2,
    alerts: [
      {
        ...{ kind: 'MISSING_FILE', client: 'Acme', about: 'Surfside', date: '2099-11-20' },
        severity: 'WARNING',
        message: 'No object matches report-{date}.csv on this day.',
      },
      {
        ...{ kind: 'CREDENTIAL_REFUSED', client: 'Acme', about: 'Vibe', date: null },
        severity: 'CRITICAL',
        message: 'Vibe does not take the credential "Acme": replace it, and try again.',
      },
    ],
  },
  WEBHOOK_OFF: { kind: 'WEBHOOK_OFF', organization, webhook: 'On-call', reason: 'FAILING' },
  DIGEST: {
    ...{ kind: 'DIGEST', organization, day: '2099-11-21' },
    ...{ runs: 12, failedRuns: 1, rows: 48_210, rejectedRows: 7 },
    ...{ missingDays: 1, heldDays: 0, openAlerts: 2, lateCount: 1 },
    lateFeeds: [{ client: 'Acme', feed: 'Surfside', latest: '2099-11-18' }],
  },
};
