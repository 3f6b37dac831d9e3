import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import { oldMonthsOf } from './old-months.ts';
import { summableFacts } from './summable-facts.ts';
import { type FactSums, gatherTotals, sumColumns, type Totals } from './totals.ts';

/** What the clients of one currency add up to. */
export interface CurrencyTotals {
  currency: string;
  clientIds: string[];
  totals: Totals;
}

/** The totals of all active clients, by currency: amounts of different ones are never added. */
export async function sumByCurrency(
  em: EntityManager,
  range: DateRange,
): Promise<Map<string, CurrencyTotals>> {
  const clients = await em.execute<{ currency: string; id: string }[]>(
    `select currency, id from clients where status = 'ACTIVE' order by currency`,
  );
  const facts = summableFacts(oldMonthsOf('client', range));
  const rows = await em.execute<(FactSums & { currency: string })[]>(
    `select c.currency, ${sumColumns}
     from clients c join ${facts.sql} on f.entity_id = c.id and f.date between ?::date and ?::date
     where c.status = 'ACTIVE'
     group by c.currency, f.reported`,
    [...facts.parameters, range.from, range.to],
  );
  const totals = gatherTotals(rows, ({ currency }) => currency);
  const byCurrency = Map.groupBy(clients, ({ currency }) => currency);
  return new Map(
    [...byCurrency].map(([currency, ofCurrency]) => {
      const clientIds = ofCurrency.map(({ id }) => id);
      return [currency, { currency, clientIds, totals: totals.get(currency) ?? [] }];
    }),
  );
}
