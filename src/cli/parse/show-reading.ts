import { type Readable, Transform } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import { bytes } from '../output.ts';

/** Smaller files are read before a bar could be seen. */
const leastBytes = 5_000_000;

/** Show how far a file is read, where a person looks and it takes a while. */
export function showReading(file: Readable, size: number): { file: Readable; stop: () => void } {
  if (!process.stderr.isTTY || size < leastBytes) return { file, stop: () => undefined };
  const format = '  {bar} {percentage} % of {size}, {eta} s left';
  const bar = new SingleBar({ format, barsize: 32, clearOnComplete: true }, Presets.rect);
  bar.start(size, 0, { size: bytes(size) });
  const meter = new Transform({
    transform(chunk, _, done) {
      bar.increment(chunk.length);
      done(null, chunk);
    },
  });
  return { file: file.compose(meter) as Readable, stop: () => bar.stop() };
}
