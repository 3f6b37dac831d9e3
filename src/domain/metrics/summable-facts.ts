import type { DateRange } from '../calendar.ts';
import { factColumns } from './totals.ts';

const columns = [
  ...['entity_id', 'date', 'feed_id', 'reported', 'level', 'client_id', 'campaign_id'],
  ...factColumns,
].join(', ');

/**
 * SQL of the roll-ups `f` of clients and campaigns whose days need not be told apart: those of days and, for archived
 * months, their sums, dated the month's first day. Whoever reads them restricts `f.date` to the range.
 *
 * @param months the whole months of the range that can be archived (`oldMonthsOf`); without any, days are all there is.
 */
export function summableFacts(months: DateRange | null): { sql: string; parameters: string[] } {
  if (!months) return { sql: 'daily_rollups f', parameters: [] };
  return {
    sql: `(select ${columns} from daily_rollups
      union all select ${columns} from monthly_rollups where date between ?::date and ?::date) f`,
    parameters: [months.from, months.to],
  };
}
