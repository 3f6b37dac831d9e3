import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { KeptFile } from '../../domain/feed/object-store.ts';
import { passedOn } from './passed-on.ts';

/** Pass bytes on, and tell their number and SHA-256 at the end. */
export function measure(): { through: Transform; result: () => KeptFile } {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      passedOn(chunk);
      done(null, chunk);
    },
  });
  return { through, result: () => ({ sizeBytes, sha256: hash.digest('hex') }) };
}
