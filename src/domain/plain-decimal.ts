/** A decimal without the zeros that PostgreSQL pads it with: `1.500000000` is `1.5`. */
export function plainDecimal<T extends string | null>(decimal: T): T {
  return (decimal?.includes('.') ? withoutZeros(decimal) : decimal) as T;
}

/** By hand, since it is done for every number that is told: a pattern takes five times as long. */
function withoutZeros(decimal: string): string {
  let end = decimal.length;
  while (decimal.charCodeAt(end - 1) === zero) end -= 1;
  if (decimal.charCodeAt(end - 1) === point) end -= 1;
  return decimal.slice(0, end);
}

const zero = 48;
const point = 46;
