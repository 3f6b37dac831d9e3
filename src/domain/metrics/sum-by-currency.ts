import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import { noTotals, toTotals, totalColumns } from './metric-columns.ts';
import type { MetricTotals } from './ratios.ts';

/** What the clients of one currency add up to. */
export interface CurrencyTotals {
  currency: string;
  clientIds: string[];
  totals: MetricTotals;
}

/** The totals of all active clients, by currency: amounts of different ones are never added. */
export async function sumByCurrency(
  em: EntityManager,
  { from, to }: DateRange,
): Promise<Map<string, CurrencyTotals>> {
  const rows = await em.execute<(Record<string, string | null> & { client_ids: string[] })[]>(
    `select c.currency, array_agg(distinct c.id::text) as client_ids, count(f.date) as facts, ${totalColumns}
     from clients c
     left join daily_rollups f on f.entity_id = c.id and f.date between ?::date and ?::date
     where c.status = 'ACTIVE'
     group by c.currency order by c.currency`,
    [from, to],
  );
  return new Map(
    rows.map(({ client_ids: clientIds, ...row }) => {
      const currency = String(row.currency);
      const totals = Number(row.facts) > 0 ? toTotals(row) : noTotals;
      return [currency, { currency, clientIds, totals }];
    }),
  );
}
