import type { KyInstance } from 'ky';
import type { ApiCall } from '../../connectors/report-source.ts';
import { PlatformError } from '../../domain/report/report-platform.ts';
import { readRetryAt } from './read-budget.ts';
import { unanswered } from './unanswered.ts';

/** A call as it is made. */
export interface Asked extends ApiCall {
  /** Who is called, for people. */
  label: string;
  address: string;
  /** Those that hold the secret. */
  headers: Record<string, string>;
  signal?: AbortSignal;
  /** Whether 404 is an answer as good as any. */
  mayFindNothing?: boolean;
}

/**
 * Call an API once: what is tried again, and when, is for those to decide who wait without holding a worker.
 *
 * @returns its answer, read as JSON; undefined where there is none.
 * @throws {PlatformError} saying what the status means; it holds neither headers nor what was sent.
 */
export async function callApi(
  client: KyInstance,
  { label, address, method, path, body, headers, signal, mayFindNothing }: Asked,
): Promise<{ answer: unknown; headers: Headers }> {
  const options = {
    ...{ method, headers, retry: 0, throwHttpErrors: false, redirect: 'manual' as const },
    ...(signal && { signal }),
    ...(body && { json: body }),
  };
  try {
    const response = await client(`${address}${path}`, options);
    const { status } = response;
    if (status === 404 && mayFindNothing) return { answer: undefined, headers: response.headers };
    if (status !== 200 && status !== 201 && status !== 202) {
      throw await failureOf(label, response);
    }
    return { answer: await response.json(), headers: response.headers };
  } catch (error) {
    throw error instanceof PlatformError ? error : unanswered(label, error);
  }
}

async function failureOf(label: string, response: Response): Promise<PlatformError> {
  const { status } = response;
  if (status === 401 || status === 403) {
    return new PlatformError('REFUSED', `${label} does not take the credential (${status})`);
  }
  if (status === 429) {
    const retryAt = readRetryAt(response.headers, new Date());
    return new PlatformError('THROTTLED', `${label} was asked too often`, { retryAt });
  }
  if (status === 408 || status >= 500 || status < 400) {
    return new PlatformError('UNANSWERED', `${label} failed (${status})`);
  }
  const words = await wordsOf(response);
  return new PlatformError('REJECTED', `${label} refuses the request (${status})${words}`);
}

/** What an API says is wrong with a request, where it says so in the usual way. */
async function wordsOf(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const words = answer?.message ?? answer?.error;
  return typeof words === 'string' && words ? `: ${words.slice(0, 300)}` : '';
}
