import { Transform } from 'node:stream';
import type { StoredObject } from '../../domain/feed/object-store.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import type { Progress } from '../define-job.ts';

/** Measures how much of a run's files was read, and reports it as the stage LOAD, in bytes. */
export interface ByteMeter {
  /** Counts what flows through. */
  count(): Transform;
  /** A day is done, however much of its files had to be read. */
  finishDay(date: string): void;
}

/** @param found the objects of each day; days that an earlier attempt finished count as read. */
export function createByteMeter(
  found: Map<string, StoredObject[]>,
  pending: RunSlice[],
  report: (progress: Progress) => void,
): ByteMeter {
  const sizeOf = (objects: StoredObject[] = []) =>
    objects.reduce((sum, object) => sum + object.sizeBytes, 0);
  const total = [...found.values()].reduce((sum, objects) => sum + sizeOf(objects), 0);
  const waiting = pending.reduce((sum, slice) => sum + sizeOf(found.get(slice.date)), 0);
  let finished = total - waiting;
  let inDay = 0;
  const tell = () => report({ stage: 'LOAD', done: Math.min(finished + inDay, total), total });
  tell();

  return {
    count: () =>
      new Transform({
        transform(chunk, _, done) {
          inDay += chunk.length;
          tell();
          done(null, chunk);
        },
      }),
    finishDay(date) {
      finished += sizeOf(found.get(date));
      inDay = 0;
      tell();
    },
  };
}
