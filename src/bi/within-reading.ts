import { DomainError } from '../domain/errors.ts';
import type { Reading } from '../domain/reading.ts';

/** How long an answer may take. */
export interface AnswerLimits {
  /** Until its first rows are there. */
  firstRowsMs: number;
  /** In all. */
  wholeMs: number;
}

/** What is done within a reading is told of its first rows by `begun`. */
type Use = (reading: Reading, begun: () => void) => Promise<void>;

/**
 * Read within one transaction, for as long as somebody waits for it and as it may take; then it is broken off,
 * whatever it is doing.
 *
 * @param gone that nobody waits any more.
 * @throws {DomainError} UPSTREAM_FAILED: it took too long.
 */
export async function withinReading(
  begin: () => Promise<Reading>,
  { firstRowsMs, wholeMs, gone }: AnswerLimits & { gone: AbortSignal },
  use: Use,
): Promise<void> {
  const late = new AbortController();
  const over = AbortSignal.any([gone, late.signal]);
  const expire = () => late.abort(tookTooLong(firstRowsMs));
  let timer: NodeJS.Timeout | undefined;
  const begun = () => {
    clearTimeout(timer);
    timer = setTimeout(expire, wholeMs);
  };
  const reading = await begin();
  timer = setTimeout(expire, firstRowsMs);
  const abandon = () => reading.abandon();
  over.addEventListener('abort', abandon, { once: true });
  try {
    over.throwIfAborted();
    await limitStatements(reading, firstRowsMs);
    await use(reading, begun);
    await reading.end();
  } catch (error) {
    // What was asked wrongly was refused before anything ran.
    if (error instanceof DomainError) await reading.end();
    else reading.abandon();
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    clearTimeout(timer);
    over.removeEventListener('abort', abandon);
  }
}

/** PostgreSQL's own limits, and that it plans for all rows of a cursor, not for the first ones. */
async function limitStatements({ em }: Reading, longestMs: number): Promise<void> {
  await em.execute(
    `select set_config('statement_timeout', ?, true), set_config('cursor_tuple_fraction', '1', true),
       set_config('client_connection_check_interval', '1s', true)`,
    [String(longestMs)],
  );
}

function tookTooLong(ms: number): DomainError {
  const limit = `${Math.round(ms / 1000)} s`;
  return new DomainError(
    'UPSTREAM_FAILED',
    `The rows were not there within ${limit}: ask for fewer days, or for fewer dimensions.`,
  );
}
