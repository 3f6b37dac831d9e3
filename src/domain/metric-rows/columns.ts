import { additiveMetrics, type MetricKey, metrics } from '../metrics/registry.ts';
import type { DimensionColumn } from './dimensions.ts';
import { dimensions } from './dimensions.ts';
import type { MetricQuery } from './metric-query.ts';

/** What the cells of a column are. */
export const columnTypes = ['DATE', 'TEXT', 'ID', 'INTEGER', 'DECIMAL', 'FLOAT'] as const;
/** What metrics are counted in. */
export const columnUnits = ['COUNT', 'CURRENCY', 'FRACTION', 'MULTIPLE'] as const;

/** A column of metric rows, as its readers are told of it. */
export interface Column {
  key: string;
  label: string;
  type: (typeof columnTypes)[number];
  /** Of metrics. */
  unit: (typeof columnUnits)[number] | null;
  /** Whether its values may be added up; what is not is derived anew for each group. */
  isAdditive: boolean;
}

/** A column of a dimension. */
export interface GroupColumn extends Column, Pick<DimensionColumn, 'sql' | 'typeName'> {}

const currency: GroupColumn = {
  ...{ key: 'currency', label: 'Currency', type: 'TEXT', sql: 'client.currency' },
  ...{ unit: null, isAdditive: false },
};

/** The columns that rows are told apart by; where amounts are among the metrics, their currency is the last. */
export function groupColumns({ dimensions: keys, metrics: wanted }: MetricQuery): GroupColumn[] {
  const ofDimensions = keys.flatMap((key) =>
    dimensions[key].columns.map((column) => ({ ...column, unit: null, isAdditive: false })),
  );
  return wanted.some(isOfMoney) ? [...ofDimensions, currency] : ofDimensions;
}

/** The key that rows have the own id of a node under, beside its id as it is told: what they are ordered by. */
export function ownId(key: string): string {
  return `${key}.own`;
}

/** The column of a metric. */
export function metricColumn(key: MetricKey): Column {
  const { label, type, unit, kind } = metrics[key];
  return { key, label, type, unit, isAdditive: kind === 'ADDITIVE' };
}

/** Whether amounts of different currencies would spoil it. */
function isOfMoney(key: MetricKey): boolean {
  const metric = metrics[key];
  if (metric.kind === 'ADDITIVE') return metric.unit === 'CURRENCY';
  return [metric.numerator, metric.denominator].some(
    (side) => additiveMetrics[side].unit === 'CURRENCY',
  );
}
