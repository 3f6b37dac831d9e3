/** What went wrong, in the words of the API's `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UPSTREAM_FAILED';

/** A failure that its caller can understand and act on; its message is shown to them. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** The input fields that are wrong, where there are any. */
  readonly fields: readonly string[];
  /** In how many seconds it may be tried again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { fields?: string[]; retryAfter?: number } = {},
  ) {
    super(message, options);
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfter = options.retryAfter;
  }
}

/** @throws {DomainError} NOT_FOUND: the same answer for what is missing and what belongs to others. */
export function found<T>(value: T | null | undefined, noun: string): T {
  if (value === null || value === undefined) {
    throw new DomainError('NOT_FOUND', `There is no such ${noun}.`);
  }
  return value;
}

/** An input that cannot be used. */
export function badInput(message: string, ...fields: string[]): DomainError {
  return new DomainError('BAD_USER_INPUT', message, { fields });
}

/** Something was done too often. @param ms until it may be tried again. */
export function tooOften(noun: string, ms: number): DomainError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  const message = `Too many ${noun}; try again in ${retryAfter} s.`;
  return new DomainError('RATE_LIMITED', message, { retryAfter });
}

/** PostgreSQL's code of a statement that ran into its time limit. */
const queryCanceled = '57014';

/** @returns what to tell of a read that took too long; undefined for any other failure. */
export function tookTooLong(error: unknown): DomainError | undefined {
  if ((error as { code?: unknown } | null)?.code !== queryCanceled) return undefined;
  return new DomainError('UPSTREAM_FAILED', 'It took too long: ask for fewer days, or for less.', {
    cause: error,
  });
}
