import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mostDeadBytes = 4_000_000;

setFlagsFromString('--expose-gc');
const collect: (options: { type: 'minor' }) => void = runInNewContext('gc');
let deadBytes = 0;

/**
 * Say that a chunk was passed on, and is soon dead.
 *
 * The engine lets such chunks lie until 64 MB of them are dead, since they are outside of the heap that it watches. So
 * they are collected here, every 4 MB; it takes about a millisecond.
 */
export function passedOn(chunk: Uint8Array): void {
  deadBytes += chunk.length;
  if (deadBytes < mostDeadBytes) return;
  deadBytes = 0;
  collect({ type: 'minor' });
}
