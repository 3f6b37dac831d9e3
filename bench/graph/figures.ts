import type { Observation } from './monitor.ts';

/** A measured number. */
export type Figure = [name: string, value: number, unit: string];

/** How the server's event loop turned while it did something. */
export type Turned = [part: string, observed: Observation];

export interface Measured {
  figures: Figure[];
  turned: Turned[];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The longest block of each part and of all, and the longest delay, which other processes have a part in. */
export function figuresOfTurns(turned: Turned[]): Figure[] {
  const byPart = [...Map.groupBy(turned, ([part]) => part)];
  return [
    ...byPart.map(([part, turns]): Figure => {
      return [`event_loop_block_${part}`, longest(turns, 'longestBlockMs'), 'ms'];
    }),
    ['event_loop_delay_ms', longest(turned, 'longestDelayMs'), 'ms'],
    ['event_loop_block_ms', longest(turned, 'longestBlockMs'), 'ms'],
  ];
}

function longest(turned: Turned[], key: 'longestBlockMs' | 'longestDelayMs'): number {
  return Math.max(...turned.map(([, observed]) => observed[key]));
}
