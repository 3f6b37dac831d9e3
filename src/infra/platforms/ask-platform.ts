import type { KyInstance } from 'ky';
import type { AnswerDialect } from '../../connectors/answers/answer-source.ts';
import type { PlatformAnswer, PlatformQuestion } from '../../domain/aeo-audit/answer-platform.ts';
import { PlatformError } from '../../domain/aeo-audit/platform-error.ts';
import { RequestRefused } from '../guarded-fetch/outgoing-policy.ts';
import { codeOf } from './unanswered.ts';

/** An API of a platform, where it is called, and with what. */
export interface AskedDialect {
  label: string;
  dialect: AnswerDialect;
  address: string;
  secret: string;
  signal: AbortSignal;
}

/** Ask a question once. @throws {PlatformError}; the signal's reason, once that is aborted. */
export async function askPlatform(
  client: KyInstance,
  asked: AskedDialect,
  question: PlatformQuestion,
): Promise<PlatformAnswer> {
  const { path, body } = asked.dialect.write(question);
  const { response, text, json } = await call(client, asked, 'POST', path, body);
  const { dialect } = asked;
  const requestId = requestIdOf(dialect, response, json);
  const rate = dialect.readRate(response.headers, new Date());
  try {
    if (json === null) throw new PlatformError('MALFORMED', 'gave an answer that is no JSON');
    return { ...dialect.read(json), requestId, rate, raw: text };
  } catch (error) {
    if (error instanceof PlatformError) throw told(asked, error, requestId);
    // Not its words: nobody knows what is in them.
    throw told(asked, new PlatformError('MALFORMED', 'gave an answer of no known form'), requestId);
  }
}

/** Find out whether a key is taken, by a call that costs nothing. @throws {PlatformError} */
export async function testKey(client: KyInstance, asked: AskedDialect): Promise<void> {
  await call(client, asked, 'GET', asked.dialect.test.path);
}

/** @returns what came with a status that says that all went well. */
async function call(
  client: KyInstance,
  asked: AskedDialect,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<{ response: Response; text: string; json: unknown }> {
  const { dialect, address, secret, signal } = asked;
  let response: Response;
  let text: string;
  try {
    response = await client(`${address}${path}`, {
      ...{ method, signal, retry: 0, throwHttpErrors: false, redirect: 'manual' },
      headers: dialect.authorize(secret),
      ...(body && { json: body }),
    });
    text = await response.text();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw told(asked, unheard(error));
  }
  const json = parse(text);
  const { status, headers } = response;
  const isLetIn = method === 'GET' && status === 404 && dialect.test.findsNothing;
  if (status === 200 || isLetIn) return { response, text, json };
  const failure = dialect.readError({ status, headers, body: json }, new Date());
  throw told(asked, failure, requestIdOf(dialect, response, json));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function requestIdOf(
  { requestIdHeader }: AnswerDialect,
  { headers }: Response,
  json: unknown,
): string | null {
  const { id, responseId } = (json ?? {}) as { id?: unknown; responseId?: unknown };
  const own = [id, responseId].find((each) => typeof each === 'string');
  return headers.get(requestIdHeader) ?? (own as string | undefined) ?? null;
}

/** A call without an answer, or with one that was broken off. */
function unheard(error: unknown): PlatformError {
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  if (isLate || (error instanceof RequestRefused && error.reason === 'TIME')) {
    return new PlatformError('TIMEOUT', 'did not answer in time');
  }
  if (error instanceof RequestRefused) {
    return error.reason === 'SIZE'
      ? new PlatformError('MALFORMED', 'gave an answer that is too large')
      : new PlatformError('REJECTED', `may not be called (${error.reason})`);
  }
  // The failure itself may know the request, and its headers: of it the code alone is told.
  const code = codeOf(error);
  const message = `cannot be reached${code ? ` (${code})` : ''}`;
  return new PlatformError('UNAVAILABLE', message, { code });
}

const [longestMessage, longestCode] = [500, 100];

/** The same, with who it was and which request; no longer than people read, and without the key, should anybody have said it. */
function told(
  { label, secret }: AskedDialect,
  { kind, message, code, retryAfterMs, rate }: PlatformError,
  requestId: string | null = null,
): PlatformError {
  const safe = (words: string, most: number) => words.replaceAll(secret, '***').slice(0, most);
  return new PlatformError(kind, safe(`${label} ${message}`, longestMessage), {
    ...{ code: code && safe(code, longestCode), retryAfterMs, requestId, rate },
  });
}
