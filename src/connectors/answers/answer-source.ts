import type {
  AnswerPlatformName,
  PlatformAnswer,
  PlatformQuestion,
  RateNews,
} from '../../domain/aeo-audit/answer-platform.ts';
import type { PlatformError } from '../../domain/aeo-audit/platform-error.ts';

/** What a dialect makes of a body; what headers say is added by who called. */
export type ReadAnswer = Omit<PlatformAnswer, 'requestId' | 'rate' | 'raw'>;

/** A response that is not an answer. */
export interface FailedResponse {
  status: number;
  headers: Headers;
  /** Read as JSON; null where it is none. */
  body: unknown;
}

/** How one API of a platform is spoken to: what is asked, and how its answers are read. It asks nothing itself. */
export interface AnswerDialect {
  /** Where it is, without a slash at its end. */
  address: string;
  /** The headers that a secret is sent in. */
  authorize(secret: string): Record<string, string>;
  /** The call that asks a question, below the address. */
  write(question: PlatformQuestion): { path: string; body: object };
  /** @throws {PlatformError} MALFORMED, or what an answer says that failed all the same. */
  read(answer: unknown): ReadAnswer;
  readError(response: FailedResponse, now: Date): PlatformError;
  /** What the headers of any response say of the limits. */
  readRate(headers: Headers, now: Date): RateNews | null;
  /** The header that names a request. */
  requestIdHeader: string;
  /** A call that costs nothing, and is answered to those who are let in; with 404, where it finds nothing. */
  test: { path: string; findsNothing: boolean };
}

/** A platform, as it is registered. */
export interface AnswerSource {
  name: AnswerPlatformName;
  /** How people call it. */
  label: string;
  /** Its APIs, by the name that credentials choose them by; the first is the usual one. */
  dialects: ReadonlyMap<string, AnswerDialect>;
}
