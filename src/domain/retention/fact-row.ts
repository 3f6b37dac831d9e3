import { createHash } from 'node:crypto';
import { toBillionths, toDecimal } from '../exact.ts';

/** The columns of archived facts: all of `daily_metrics` but whose they are, which their file is. */
export const factRowColumns = [
  { name: 'feed_id', type: 'ID' },
  { name: 'date', type: 'DATE' },
  { name: 'creative_id', type: 'ID' },
  { name: 'campaign_id', type: 'ID' },
  { name: 'strategy_id', type: 'ID' },
  { name: 'placement_id', type: 'ID' },
  { name: 'impressions', type: 'INTEGER' },
  { name: 'clicks', type: 'INTEGER' },
  { name: 'conversions', type: 'DECIMAL' },
  { name: 'revenue', type: 'DECIMAL' },
  { name: 'spend', type: 'DECIMAL' },
  { name: 'media_cost', type: 'DECIMAL' },
  { name: 'completed_views', type: 'INTEGER' },
  { name: 'reach', type: 'INTEGER' },
] as const;
export type FactRowColumn = (typeof factRowColumns)[number];

/** A fact by {@link factRowColumns}: ids and days as text, numbers whole, decimals in billionths. */
export type FactRow = readonly (string | bigint | null)[];

/** A value as the database writes it. */
export function fromStored({ type }: FactRowColumn, value: string | null): string | bigint | null {
  if (value === null || type === 'ID' || type === 'DATE') return value;
  return type === 'INTEGER' ? BigInt(value) : toBillionths(value);
}

/** The same in COPY's text format, each value in one way only. */
export function toFactLine(row: FactRow): string {
  const texts = row.map((value, index) => textOf(factRowColumns[index]?.type, value) ?? '\\N');
  return `${texts.join('\t')}\n`;
}

function textOf(type: string | undefined, value: string | bigint | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return type === 'DECIMAL' ? toDecimal(value) : value.toString();
}

/** What rows add up to: as `sums_of_month` has it, and as a digest of the rows in their order. */
export interface FactAccount {
  /** JSON, exact. */
  sums: string;
  digest: string;
}

/** Adds rows up one by one. */
export function openAccount(): { add(row: FactRow): string; close(): FactAccount } {
  const hash = createHash('sha256');
  const totals: (bigint | null)[] = factRowColumns.map(() => null);
  let rows = 0;
  return {
    /** @returns the row as a line. */
    add(row) {
      const line = toFactLine(row);
      hash.update(line);
      rows += 1;
      for (const [index, value] of row.entries()) {
        if (typeof value === 'bigint') totals[index] = (totals[index] ?? 0n) + value;
      }
      return line;
    },
    close() {
      const sums = factRowColumns.flatMap(({ name, type }, index) =>
        type === 'ID' || type === 'DATE'
          ? []
          : [`"${name}": ${textOf(type, totals[index] ?? null) ?? 'null'}`],
      );
      return { sums: `{"rows": ${rows}, ${sums.join(', ')}}`, digest: hash.digest('hex') };
    },
  };
}
