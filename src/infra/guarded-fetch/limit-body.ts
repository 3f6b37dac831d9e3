import type { Response as UndiciResponse } from 'undici';
import { RequestRefused } from './outgoing-policy.ts';

interface BodyLimits {
  mostBytes: number;
  /** What a failure while it is read is told as. */
  told(error: unknown): unknown;
}

/** Statuses whose responses have no body. */
const bodiless = [101, 204, 205, 304];

/**
 * The same response, broken off where its body becomes too large: what a server says of its size, packed or not, is
 * not believed.
 */
export function limitBody(
  response: UndiciResponse,
  url: URL,
  { mostBytes, told }: BodyLimits,
): Response {
  const { status, statusText, body } = response;
  const headers = new Headers([...response.headers]);
  // Of what came over the wire; what is read here is unpacked.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  const limited =
    body && !bodiless.includes(status) ? ReadableStream.from(upTo(mostBytes, body, told)) : null;
  const guarded = new Response(limited, { status, statusText, headers });
  return Object.defineProperty(guarded, 'url', { value: url.href });
}

async function* upTo(
  mostBytes: number,
  body: AsyncIterable<Uint8Array>,
  told: BodyLimits['told'],
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw new RequestRefused('SIZE');
      yield chunk;
    }
  } catch (error) {
    throw told(error);
  }
}
