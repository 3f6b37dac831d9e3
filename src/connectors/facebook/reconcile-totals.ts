import { toBillionths, toDecimal } from '../../domain/exact.ts';
import type { RawFields } from '../../domain/ingestion/row-rules.ts';

const facts = ['impressions', 'clicks', 'conversions', 'mediaCost'] as const;
type Fact = (typeof facts)[number];
type Sums = Partial<Record<Fact, bigint>>;

const names = { mediaCost: 'amount spent' } as Partial<Record<Fact, string>>;
const mostRemarks = 10;

/** Compares the totals that an export states with what its rows add up to. */
export interface Reconciliation {
  addRow(fields: RawFields): void;
  /** A total of its day; of all days where it has none. */
  addTotal(fields: RawFields): void;
  /** Where they differ, in words. */
  remarks(): string[];
}

export function reconcileTotals(): Reconciliation {
  const sums = new Map<string, Sums>();
  const totals = new Map<string, RawFields>();
  const addTo = (day: string, fields: RawFields) => {
    const sum = sums.get(day) ?? {};
    sums.set(day, sum);
    for (const fact of facts) {
      const value = numberOf(fields[fact]);
      if (value !== undefined) sum[fact] = (sum[fact] ?? 0n) + value;
    }
  };
  return {
    addRow(fields) {
      addTo(fields.date ?? '', fields);
      addTo('', fields);
    },
    addTotal(fields) {
      totals.set(fields.date ?? '', fields);
    },
    remarks() {
      const remarks = [...totals].flatMap(([day, fields]) =>
        facts.flatMap((fact) => {
          const total = numberOf(fields[fact]);
          const sum = sums.get(day)?.[fact] ?? 0n;
          if (total === undefined || total === sum) return [];
          const of = `${names[fact] ?? fact}${day && ` on ${day}`}`;
          return `The export's total of ${of} is ${toDecimal(total)}, but its rows add up to ${toDecimal(sum)}.`;
        }),
      );
      return remarks.slice(0, mostRemarks);
    },
  };
}

function numberOf(text: string | undefined): bigint | undefined {
  const cell = text?.trim() ?? '';
  return /^[0-9]{1,15}(\.[0-9]{1,9})?$/.test(cell) ? toBillionths(cell) : undefined;
}
