import type { Readable } from 'node:stream';
import type { LocalDate } from '../calendar.ts';
import type {
  CredentialPlatform,
  OpenCredential,
} from '../platform-credential/credential-platform.ts';

/** What a report is to hold; both days are in it. */
export interface WantedReport {
  advertiserId: string;
  /** IANA name of the zone that its days are of. */
  timeZone: string;
  from: LocalDate;
  to: LocalDate;
}

/** What a platform says of the reports that may still be asked for. */
export interface BudgetNews {
  left: number;
  resetAt: Date;
}

/** Where a report is; `reason` is the platform's own words. */
export type ReportState =
  | { state: 'PENDING' }
  | { state: 'DONE'; url: string }
  | { state: 'FAILED'; reason: string };

/** A platform that makes reports when asked to, and has them fetched later. */
export interface ReportPlatform extends CredentialPlatform {
  /** Days that a report holds at most. */
  mostDays: number;
  /** Looks at a report that is not ready, after which it is given up. */
  mostPolls: number;
  /** @returns the report's id there. @throws {PlatformError} */
  create(
    credential: OpenCredential,
    report: WantedReport,
    signal: AbortSignal,
  ): Promise<{ externalId: string; budget: BudgetNews | null }>;
  /** @throws {PlatformError} */
  look(credential: OpenCredential, externalId: string, signal: AbortSignal): Promise<ReportState>;
  /** @throws {PlatformError} GONE where the address has expired. */
  download(url: string, signal: AbortSignal): Promise<Readable>;
}

/** Platforms by the source that they are. */
export type ReportPlatforms = ReadonlyMap<string, ReportPlatform>;

/**
 * Why a platform did not do as asked.
 *
 * REFUSED: it does not take the credential. REJECTED: it does not take the request. THROTTLED: it was asked too
 * often. GONE: what was asked for is there no more. UNANSWERED: it failed, or said nothing in time.
 */
export type PlatformFailure = 'REFUSED' | 'REJECTED' | 'THROTTLED' | 'GONE' | 'UNANSWERED';

/** A call to a platform that came to nothing; its message is for people, and holds no secret. */
export class PlatformError extends Error {
  readonly failure: PlatformFailure;
  /** When it may be asked again, where it says so. */
  readonly retryAt: Date | null;

  constructor(
    failure: PlatformFailure,
    message: string,
    { retryAt = null, ...options }: ErrorOptions & { retryAt?: Date | null } = {},
  ) {
    super(message, options);
    this.failure = failure;
    this.retryAt = retryAt;
  }
}
