import type { Proportion } from '../aeo-results/proportion.ts';
import type { Column } from '../metric-rows/columns.ts';
import type { Row } from '../metric-rows/order-rows.ts';

type Kind = Pick<Column, 'type' | 'unit'>;
const kinds = {
  TEXT: { type: 'TEXT', unit: null },
  COUNT: { type: 'INTEGER', unit: 'COUNT' },
  NUMBER: { type: 'FLOAT', unit: 'COUNT' },
  SHARE: { type: 'FLOAT', unit: 'FRACTION' },
} as const satisfies Record<string, Kind>;

/** A column of a report's table. Nothing of a report is added up. */
export function column(key: string, label: string, kind: keyof typeof kinds = 'TEXT'): Column {
  return { key, label, ...kinds[kind], isAdditive: false };
}

/** Columns of a share and of its 95 % interval. */
export function shareColumns(key: string, label: string): Column[] {
  return [
    column(key, label, 'SHARE'),
    column(`${key}Low`, '95 % from', 'SHARE'),
    column(`${key}High`, '95 % to', 'SHARE'),
  ];
}

/** The cells of these columns. */
export function shareCells(key: string, { value, low, high }: Proportion): Row {
  return rowOf({ [key]: value, [`${key}Low`]: low, [`${key}High`]: high });
}

/** Cells as text, which numbers are as well until they are shown. */
export function rowOf(cells: Record<string, string | number | boolean | null>): Row {
  const pairs = Object.entries(cells).map(([key, value]) => [
    key,
    value === null ? null : String(value),
  ]);
  return Object.fromEntries(pairs);
}
