import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Response } from 'express';

/** A body whose first bytes are there. */
export async function begin<T>(body: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  const rest = { [Symbol.asyncIterator]: () => chunks };
  return (async function* () {
    if (!first.done) yield first.value;
    yield* rest;
  })();
}

/**
 * Send a body at the pace of its reader, who is cut off when nothing is taken for so long.
 *
 * @throws {Error} when it could not be sent whole; the connection is gone then.
 */
export async function sendBody(
  body: AsyncIterable<string | Uint8Array>,
  response: Response,
  { isCompressed, stallMs }: { isCompressed: boolean; stallMs: number },
): Promise<void> {
  response.setTimeout(stallMs, () => response.destroy());
  const source = Readable.from(body);
  if (!isCompressed) return pipeline(source, response);
  const fast = createGzip({ level: constants.Z_BEST_SPEED });
  response.set('content-encoding', 'gzip');
  return pipeline(source, fast, response);
}
