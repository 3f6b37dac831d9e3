import type { RawRow } from '../../connectors/connector.ts';
import type { RunSlice } from '../../domain/ingestion/run-slice.entity.ts';
import type { Delivery } from './find-deliveries.ts';

/**
 * Hand the rows of a delivery to the days that they are of.
 *
 * Rows of days that are loaded already are passed over. One that is of no day, or of one that was not asked for,
 * goes to the nearest day that is open, whose rules reject it.
 */
export function routeRows(
  rows: RawRow[],
  { slices, range }: Pick<Delivery, 'slices' | 'range'>,
): Map<RunSlice, RawRow[]> {
  const [first, last] = [slices.at(0), slices.at(-1)];
  if (!first || !last) return new Map();
  if (range.from === range.to) return new Map([[first, rows]]);
  const byDate = new Map(slices.map((slice) => [slice.date, slice]));
  const routed = new Map<RunSlice, RawRow[]>();
  for (const row of rows) {
    const date = row.fields.date?.trim().slice(0, 10) ?? '';
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date);
    const slice =
      byDate.get(date) ??
      (isDay && date > range.to ? last : !isDay || date < range.from ? first : undefined);
    if (!slice) continue;
    const others = routed.get(slice);
    if (others) others.push(row);
    else routed.set(slice, [row]);
  }
  return routed;
}
