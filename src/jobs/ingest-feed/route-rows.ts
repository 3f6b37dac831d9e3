import type { RawRow } from '../../connectors/connector.ts';
import { isLocalDate } from '../../domain/calendar.ts';
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
    const date = dayOf(row);
    const slice = byDate.get(date) ?? nearest(date, range, first, last);
    if (!slice) continue;
    const others = routed.get(slice);
    if (others) others.push(row);
    else routed.set(slice, [row]);
  }
  return routed;
}

/** Where a row goes that is of no open day; nowhere, where its day is loaded already. */
function nearest<T>(date: string, range: Delivery['range'], first: T, last: T): T | undefined {
  if (!isLocalDate(date) || date < range.from) return first;
  return date > range.to ? last : undefined;
}

/** The day that a row says it is of: no day at all, perhaps, or with more behind it than its rules let pass. */
export function dayOf({ fields }: Pick<RawRow, 'fields'>): string {
  return fields.date?.trim().slice(0, 10) ?? '';
}
