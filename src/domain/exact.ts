/** Decimals that facts have at most, in storage and in sums. */
export const factDecimals = 9;

const zeros = '0'.repeat(factDecimals);

/** A decimal of at most 9 decimals as a whole number of billionths: exact, and far cheaper than decimals are. */
export function toBillionths(decimal: string): bigint {
  const point = decimal.indexOf('.');
  if (point < 0) return BigInt(decimal + zeros);
  const decimals = decimal.length - point - 1;
  return BigInt(decimal.slice(0, point) + decimal.slice(point + 1) + zeros.slice(decimals));
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

const tenTo = Array.from({ length: 19 }, (_, decimals) => 10n ** BigInt(decimals));

/** A quotient in units of at most 18 decimals, rounded half away from zero. */
export function divide(dividend: bigint, divisor: bigint, decimals: number): bigint {
  const scaled = dividend * (tenTo[decimals] as bigint);
  const quotient = scaled / divisor;
  const rest = scaled - quotient * divisor;
  if (rest === 0n) return quotient;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return scaled < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}
