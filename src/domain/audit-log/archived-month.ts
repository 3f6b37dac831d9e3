import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** What a file of archived entries turned out to hold. */
export interface ArchivedContent {
  entries: number;
  sizeBytes: number;
  /** Of the compressed file, as hex. */
  sha256: string;
}

/**
 * Read a file of archived entries, whatever its size.
 *
 * @param onLines told of the entries, as JSON, one a line, in pieces that end anywhere.
 * @throws {Error} when it cannot be unpacked.
 */
export async function readArchivedMonth(
  file: Readable,
  onLines: (piece: Buffer) => void = () => undefined,
): Promise<ArchivedContent> {
  const hash = createHash('sha256');
  let [entries, sizeBytes] = [0, 0];
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(file, measure, createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
    for await (const piece of unpacked) {
      for (const byte of piece) if (byte === lineEnd) entries += 1;
      onLines(piece);
    }
  });
  return { entries, sizeBytes, sha256: hash.digest('hex') };
}

const lineEnd = 0x0a;
