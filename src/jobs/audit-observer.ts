import type { AnswerPlatformName } from '../domain/aeo-audit/answer-platform.ts';
import type { PlatformErrorKind } from '../domain/aeo-audit/platform-error.ts';

/** Told what becomes of audits, once it is committed, to count it. Times are in seconds. */
export interface AuditObserver {
  /** An audit was taken up: for the first time, or because it was retried. */
  begun(): void;
  completed(): void;
  /** @param count audits; one where it is left out. */
  failed(count?: number): void;
  questionsWritten(seconds: number): void;
  /** All answers of a batch have ended. */
  batchEnded(seconds: number): void;
  /** A platform was asked once. @param failure why it did not answer; null where it did. */
  asked(platform: AnswerPlatformName, seconds: number, failure: PlatformErrorKind | null): void;
  /** One answer was looked through for brands. */
  brandsDetected(seconds: number): void;
}
