import type { KyInstance } from 'ky';
import { PlatformError } from '../../domain/report/report-platform.ts';
import { unanswered } from './unanswered.ts';

/**
 * Fetch a report from the address that the platform named, which lets in whoever has it: no secret is sent there.
 *
 * @returns its content, as it comes.
 * @throws {PlatformError} also while it is read; GONE where the address lets nobody in any more.
 */
export async function openDownload(
  client: KyInstance,
  label: string,
  url: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const response = await client(url, { signal, retry: 0, throwHttpErrors: false });
    const { status, body } = response;
    if (status === 200 && body) return read(label, body);
    await body?.cancel();
    if ([401, 403, 404, 410].includes(status)) {
      throw new PlatformError('GONE', `The address of the report has expired (${status})`);
    }
    throw new PlatformError('UNANSWERED', `The report cannot be fetched (${status})`);
  } catch (error) {
    throw toldOf(label, url, error);
  }
}

async function* read(label: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unanswered(label, error);
  }
}

/** A host that is not on the list is named: whoever runs the deployment decides on it. */
function toldOf(label: string, url: string, error: unknown): unknown {
  if (error instanceof PlatformError) return error;
  const told = unanswered(label, error);
  if (told.failure !== 'REJECTED') return told;
  const where = URL.canParse(url) ? new URL(url).host : 'no address';
  return new PlatformError('REJECTED', `${told.message}; its host is ${where}`);
}
