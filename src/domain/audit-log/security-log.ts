import type { EntityManager } from '@mikro-orm/postgresql';
import type { Viewer } from '../identity/viewer.ts';
import type { Origin } from './record-change.ts';

/** What is noted beside changes, and how often at most. Each is an action of the audit log, and counted as a metric. */
export const securityEvents = {
  SIGN_IN_FAILED: 'Somebody could not prove who they are: `wrong` says by what.',
  SIGN_IN_FAILED_REPEATEDLY: 'The same account, for the sixth time within an hour.',
  LOCKED_OUT: 'Tries were ended for a while, since there were too many.',
  REFRESH_REUSED: 'A refresh token that was traded before came again, which ended its session.',
  PERMISSION_REFUSED: 'Somebody asked for what their role or scopes do not allow.',
  DOWNLOAD: 'Rows were read as a file, or the audit log was exported.',
  DOWNLOADS_UNUSUAL: 'A user or a service token took more within an hour than is usual.',
  SERVICE_TOKEN_USED: 'A service token was used from an address.',
} as const;
export type SecurityEventName = keyof typeof securityEvents;

/** Something that is noted of somebody. */
export interface SecurityEvent {
  event: SecurityEventName;
  /** Null for who is not known: no tenant sees it then. */
  organizationId: string | null;
  /** Who did it; null where that is not known. */
  userId: string | null;
  serviceTokenId: string | null;
  entityType: string;
  entityId: string | null;
  /** The user whom it is about, where they did not do it themselves. */
  aboutUserId?: string | null;
  /** What else there is to say: no secret, and nothing of a person. */
  after: object;
  origin: Origin;
}

/** What somebody tried on an account, named by the blind index of its email or by its id. */
export interface AccountEvent {
  event: 'SIGN_IN_FAILED' | 'LOCKED_OUT';
  emailIndex: string | null;
  userId: string | null;
  after: object;
  origin: Origin;
}

/**
 * The one way in which what concerns security is noted: in the audit log, as a metric, and by mail to an
 * organization's owners where they have to know at once.
 */
export interface SecurityLog {
  /** @param em writes the entry in a transaction of the organization's; in one of its own where left out. */
  note(event: SecurityEvent, em?: EntityManager): Promise<void>;
  /** Note what is asked all the time: once at first, and at the end of a while how often it was repeated. */
  noteOften(event: SecurityEvent): void;
  /** Note what was tried on an account, wherever it is a member; nobody waits for it. */
  noteOfAccount(event: AccountEvent): void;
  /** Note what a viewer took as a file. */
  noteDownload(viewer: Viewer, origin: Origin, download: Download): void;
}

/** A file that was read. */
interface Download {
  /** What it is of, such as `MetricRows`. */
  entityType: string;
  /** The one that was read, where it is one. */
  entityId: string | null;
  /** What was asked for, and as what. */
  asked: object;
  bytes: number;
}

/** Whom a viewer's events are of. */
export function ofViewer({ organizationId, userId, serviceToken }: Viewer) {
  return { organizationId, userId, serviceTokenId: serviceToken?.id ?? null };
}
