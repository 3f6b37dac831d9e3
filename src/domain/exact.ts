/** Decimals that facts have at most, in storage and in sums. */
export const factDecimals = 9;

/** A decimal of at most 9 decimals as a whole number of billionths: exact, and far cheaper than decimals are. */
export function toBillionths(decimal: string): bigint {
  const point = decimal.indexOf('.');
  if (point < 0) return BigInt(decimal) * 1_000_000_000n;
  const digits = decimal.slice(0, point) + decimal.slice(point + 1);
  return BigInt(digits) * 10n ** BigInt(factDecimals - (decimal.length - point - 1));
}

/** The decimal of a number of units, without zeros at its end: 1500 units of 3 decimals are `1.5`. */
export function toDecimal(units: bigint, decimals = factDecimals): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals);
  let end = digits.length;
  while (end > whole.length && digits.charCodeAt(end - 1) === 48) end -= 1;
  const fraction = digits.slice(whole.length, end);
  const plain = fraction ? `${whole}.${fraction}` : whole;
  return units < 0n ? `-${plain}` : plain;
}

/** A quotient in units of `decimals` decimals, rounded half away from zero. */
export function divide(dividend: bigint, divisor: bigint, decimals: number): bigint {
  const scaled = dividend * 10n ** BigInt(decimals) * 2n;
  const isNegative = scaled < 0n !== divisor < 0n;
  const [size, by] = [scaled < 0n ? -scaled : scaled, divisor < 0n ? -divisor : divisor];
  const rounded = (size / by + 1n) / 2n;
  return isNegative ? -rounded : rounded;
}
