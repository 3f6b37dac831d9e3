import type { Column } from '../../domain/metric-rows/columns.ts';
import type { Row } from '../../domain/metric-rows/order-rows.ts';

/** A sheet of rows, as they are read. */
export interface Sheet {
  name: string;
  columns: readonly Column[];
  /** Opened when its turn comes; read once. */
  rows(): AsyncIterable<readonly Row[]>;
  /** The true totals, one row for each currency; none where the rows are totals themselves. */
  totals: readonly Row[];
}
