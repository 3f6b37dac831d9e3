import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditPolicy } from '../domain/aeo-audit/audit-policy.ts';
import type { Origin } from '../domain/audit-log/record-change.ts';
import type { SecurityLog } from '../domain/audit-log/security-log.ts';
import type { SourceFields } from '../domain/column-mapping/check-columns.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import type { KnownSources } from '../domain/feed/known-sources.ts';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import type { HealthCheck, HealthComponent } from '../domain/health/component.ts';
import type { CallFunction } from '../domain/identity/find-link.ts';
import type { Credentials, TicketCredentials } from '../domain/identity/sign-in.ts';
import type { Tenant, Viewer } from '../domain/identity/viewer.ts';
import type { SourceSeverities } from '../domain/ingestion/rule-severities.ts';
import type { JobRun } from '../domain/job/job-run.entity.ts';
import type { CredentialPlatforms } from '../domain/platform-credential/credential-platform.ts';
import type { RateLimiter } from '../domain/rate-limit.ts';
import type { RetentionPolicy } from '../domain/retention/retention-policy.ts';
import type { WebhookReceivers } from '../domain/webhook/receivers.ts';
import type { Announcer } from '../jobs/announcer.ts';
import type { Tracing } from '../jobs/tracing.ts';

/** A transaction that an operation reads in. */
export interface OpenReading {
  em: EntityManager;
  end(): Promise<void>;
  /** End it at once, whatever it is doing. */
  abandon(): void;
}

/** What resolvers need of the database. */
interface GraphDatabase {
  withTenant<T>(tenant: Tenant, fn: (em: EntityManager) => Promise<T>): Promise<T>;
  /** @param mayLag whether an answer that is some moments old will do. */
  beginRead(tenant: Tenant, mayLag: boolean): Promise<OpenReading>;
  /** Call one of the functions that look across organizations. */
  call: CallFunction;
}

/** Who signed in, and the tokens that say so from then on. */
export interface SignedIn {
  token: string;
  expiresAt: Date;
  /** Trades for the next pair of tokens, once. */
  refreshToken: string;
  refreshExpiresAt: Date;
  viewer: Viewer;
}

/** Turns credentials into viewers. */
export interface Authenticator {
  /** @throws {DomainError} UNAUTHENTICATED, on the field `code` where only that is missing or wrong; RATE_LIMITED. */
  signIn(credentials: Credentials, origin: Origin): Promise<SignedIn>;
  /** The same for whom an OpenID provider vouched for. */
  signInWithTicket(credentials: TicketCredentials, origin: Origin): Promise<SignedIn>;
  /** @throws {DomainError} UNAUTHENTICATED: an unknown token, or one whose session has ended, which it may do by this. */
  refresh(refreshToken: string, origin: Origin): Promise<SignedIn>;
  /** @throws {DomainError} UNAUTHENTICATED: no token, an expired or revoked one, no membership any more. */
  authenticate(token: string): Promise<Viewer>;
  /**
   * Begin a reading as whom a token is of, which is found out meanwhile: what is asked of it is answered only when
   * that is known, and as that one may see it.
   *
   * @returns null where who reads has to be known first.
   */
  openReading(token: string): Promise<{ reading: OpenReading; viewer: Promise<Viewer> }> | null;
  /** @returns the ids of those that stand no more. */
  findEnded(ids: { sessionIds: string[]; serviceTokenIds: string[] }): Promise<string[]>;
}

/** Finds out how the installation does. */
export interface HealthMonitor {
  /** Its components and, beside them, those of more checks; one that fails is told as its status. */
  check(more: HealthCheck[]): Promise<HealthComponent[]>;
}

/** Reads a job as whom a token stands for by now; null where it is not there, or not for them. */
export type ReadJobRun = (token: string, id: string) => Promise<JobRun | null>;

/** What the entry point passes in. */
export interface GraphServices {
  database: GraphDatabase;
  authenticator: Authenticator;
  cipher: FieldCipher;
  /** Platforms that credentials are to. */
  platforms: CredentialPlatforms;
  /** Tells which addresses webhooks may have. */
  receivers: Pick<WebhookReceivers, 'refusalOf'>;
  rateLimiter: RateLimiter;
  security: SecurityLog;
  store: ObjectStore;
  announcer: Announcer;
  tracing: Pick<Tracing, 'position' | 'note'>;
  health: HealthMonitor;
  /** Sources that feeds can be of. */
  sources: KnownSources & SourceSeverities & SourceFields;
  /** What the deployment grants audits of answer platforms. */
  auditPolicy: AuditPolicy;
  /** How long the deployment keeps what. */
  retention: RetentionPolicy;
  /** Hand committed runs to the queue. */
  send(jobRunIds: string[]): Promise<void>;
  /** Do what no answer waits for, and must not take longer for; a failure is logged. */
  doLater(work: () => Promise<void>): void;
  /** Reads a job for one of its watchers. */
  readJobRun: ReadJobRun;
  /** How often a subscription re-reads without a notice. */
  rereadMs: number;
}
