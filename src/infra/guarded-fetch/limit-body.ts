import type { Readable } from 'node:stream';
import type { UnderlyingSource } from 'node:stream/web';
import type { Dispatcher } from 'undici';
import { RequestRefused } from './outgoing-policy.ts';
import { unpackBody } from './unpack-body.ts';

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
export async function limitBody(
  { statusCode: status, statusText, headers: sent, body }: Dispatcher.ResponseData,
  url: URL,
  limits: BodyLimits,
): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(sent)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const packing = headers.get('content-encoding') ?? '';
  // Of what came over the wire; what is read here is unpacked.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  const isRead = !bodiless.includes(status);
  if (!isRead) await body.dump();
  const limited = isRead ? upTo(limits, unpackBody(body, packing)) : null;
  const guarded = new Response(limited, { status, statusText, headers });
  return Object.defineProperty(guarded, 'url', { value: url.href });
}

function upTo({ mostBytes, told }: BodyLimits, body: Readable): ReadableStream<Uint8Array> {
  // A failure comes out where it is read, if it is.
  body.on('error', () => undefined);
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let bytes = 0;
  const source: UnderlyingSource = {
    async pull(into: ReadableStreamDefaultController<Uint8Array>) {
      try {
        const { done, value } = await chunks.next();
        if (done) return into.close();
        bytes += value.byteLength;
        if (bytes > mostBytes) throw new RequestRefused('SIZE');
        into.enqueue(value);
      } catch (error) {
        body.destroy();
        throw told(error);
      }
    },
    cancel: () => void body.destroy(),
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
