import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Packings that a body may come in, as `Accept-Encoding` names them. */
export const packings = 'gzip, deflate, br';

/** A body as it was before it was packed for its way. What is packed in another way, or twice, stays so. */
export function unpackBody(body: Readable, packing: string): Readable {
  const name = packing.trim().toLowerCase();
  if (!Object.hasOwn(unpackers, name)) return body;
  // A failure of either comes out where it is read.
  return pipeline(body, unpackers[name as keyof typeof unpackers](), () => undefined);
}
