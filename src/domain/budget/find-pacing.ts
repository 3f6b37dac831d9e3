import type { EntityManager } from '@mikro-orm/postgresql';
import { addDays, today } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { sumSpend } from '../metrics/sum-spend.ts';
import { Budget } from './budget.entity.ts';
import { type Pace, paceOf } from './pace.ts';

/** How a budget stands, and of how much data that is known. */
export interface Pacing extends Pace {
  /** Its days up to `asOf` on which the client has data. */
  daysWithData: number;
}

/** How budgets stand as of yesterday in their clients' zones. */
export async function findPacing(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Pacing>> {
  const budgets = await em.find(Budget, { id: { $in: [...ids] } });
  const clients = await em.find(Client, { id: { $in: budgets.map(({ clientId }) => clientId) } });
  const yesterdays = new Map(clients.map(({ id, timeZone }) => [id, addDays(today(timeZone), -1)]));
  const asked = budgets.map(({ id, clientId, campaignId, fromDate, toDate }) => {
    const asOf = yesterdays.get(clientId) ?? fromDate;
    return {
      key: id,
      clientId,
      campaignId,
      from: fromDate,
      to: toDate < asOf ? toDate : asOf,
      asOf,
    };
  });
  const spending = await sumSpend(em, asked);
  return new Map(
    budgets.map((budget, index) => {
      const { spend = '0', daysWithData = 0 } = spending.get(budget.id) ?? {};
      const pace = paceOf(budget, spend, asked[index]?.asOf ?? budget.fromDate);
      return [budget.id, { ...pace, daysWithData }];
    }),
  );
}
