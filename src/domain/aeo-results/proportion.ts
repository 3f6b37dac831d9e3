/** A part of a whole, with the bounds that chance leaves it. */
export interface Proportion {
  /** 0 to 1; null of nothing, as are its bounds. */
  value: number | null;
  /** Wilson's bounds, at 95 %. */
  low: number | null;
  high: number | null;
  numerator: number;
  denominator: number;
}

/** Of the normal distribution, 95 % are within so many standard deviations. */
const deviations = 1.959963984540054;

/**
 * A share, with its 95 % score interval: unlike the usual one it stays within 0 and 1, and holds for few answers and
 * for shares near either end.
 *
 * It takes what is counted to be independent of one another. Source: E. B. Wilson, Probable inference, the law of
 * succession, and statistical inference, JASA 22 (1927), 209-212.
 *
 * @param numerator 0 to `denominator`.
 */
export function proportion(numerator: number, denominator: number): Proportion {
  if (denominator === 0) return { value: null, low: null, high: null, numerator, denominator };
  const value = numerator / denominator;
  const square = deviations ** 2 / denominator;
  const middle = value + square / 2;
  const reach = Math.sqrt(square * (value * (1 - value) + square / 4));
  // At either end the bound is the end itself, which rounding would miss.
  const low = numerator === 0 ? 0 : (middle - reach) / (1 + square);
  const high = numerator === denominator ? 1 : (middle + reach) / (1 + square);
  return { value, low, high, numerator, denominator };
}
