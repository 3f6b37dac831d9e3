import { Transform } from 'node:stream';

/** Far above what rows with random ids reach, and below gzip's own 1,000. */
const mostRatio = 200;
/** What a table may hold however small its file is. */
const spareBytes = 16 * 2 ** 20;

/**
 * Let what a compressed file unpacks to pass, up to a size that rows may have: a small file made to fill the
 * database's disk is stopped.
 *
 * @param packedBytes size of the file.
 * @throws {Error} in the stream, beyond that size.
 */
export function limitUnpacked(packedBytes: number): Transform {
  const most = packedBytes * mostRatio + spareBytes;
  let bytes = 0;
  return new Transform({
    transform(chunk, _, done) {
      bytes += chunk.length;
      if (bytes > most) done(new Error(`its file unpacks to more than ${most} bytes`));
      else done(null, chunk);
    },
  });
}
