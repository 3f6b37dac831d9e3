/** A decimal without the zeros that PostgreSQL pads it with: `1.500000000` is `1.5`. */
export function plainDecimal<T extends string | null>(decimal: T): T {
  return (decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal) as T;
}
