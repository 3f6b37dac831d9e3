import { Transform } from 'node:stream';
import type { Progress } from '../define-job.ts';
import type { Deliveries } from './find-deliveries.ts';

/** Measures how much of a run's files was read, and reports it as the stage LOAD, in bytes. */
export interface ByteMeter {
  /** Counts what flows through. */
  count(): Transform;
  /** A delivery is done, however much of its files had to be read. */
  finish(delivery: { sizeBytes: number }): void;
}

/** What earlier attempts finished counts as read. */
export function createByteMeter(
  { open, totalBytes: total }: Deliveries,
  report: (progress: Progress) => void,
): ByteMeter {
  let finished = total - open.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let inDelivery = 0;
  const tell = () => report({ stage: 'LOAD', done: Math.min(finished + inDelivery, total), total });
  tell();

  return {
    count: () =>
      new Transform({
        transform(chunk, _, done) {
          inDelivery += chunk.length;
          tell();
          done(null, chunk);
        },
      }),
    finish({ sizeBytes }) {
      finished += sizeBytes;
      inDelivery = 0;
      tell();
    },
  };
}
