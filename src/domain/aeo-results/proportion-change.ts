import type { Proportion } from './proportion.ts';

/** What became of a share, with the bounds that chance leaves the change. */
export interface ProportionChange {
  before: Proportion;
  after: Proportion;
  /** After less before, -1 to 1; null where either is of nothing, as are its bounds. */
  value: number | null;
  /** At 95 %. */
  low: number | null;
  high: number | null;
  /** Whether no change at all lies outside of the bounds; null where there is no change to tell. */
  isBeyondChance: boolean | null;
}

/**
 * The difference of two shares of different answers, with its 95 % interval, made of the Wilson bounds of both.
 *
 * Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
 * Medicine 17 (1998), 873-890, method 10.
 */
export function changeOf(before: Proportion, after: Proportion): ProportionChange {
  const [was, is] = [boundsOf(before), boundsOf(after)];
  if (!was || !is) {
    return { before, after, value: null, low: null, high: null, isBeyondChance: null };
  }
  const value = is.value - was.value;
  const low = value - Math.hypot(is.value - is.low, was.high - was.value);
  const high = value + Math.hypot(is.high - is.value, was.value - was.low);
  return { before, after, value, low, high, isBeyondChance: low > 0 || high < 0 };
}

function boundsOf({ value, low, high }: Proportion) {
  return value === null || low === null || high === null ? null : { value, low, high };
}
