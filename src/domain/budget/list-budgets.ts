import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { Budget } from './budget.entity.ts';

/** Which budgets are wanted; what is null or left out does not limit. */
export interface BudgetFilter {
  clientId?: string | null;
  campaignId?: string | null;
  /** With this day. */
  on?: LocalDate | null;
}

/**
 * Budgets that were not removed, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listBudgets(
  em: EntityManager,
  { clientId, campaignId, on }: BudgetFilter,
  request: PageRequest,
): Promise<Page<Budget>> {
  const page = readPage(request, newestFirst('budgets'));
  const wanted: [sql: string, ...values: unknown[]][] = [['removed_at is null']];
  if (clientId) wanted.push(['client_id = ?', clientId]);
  if (campaignId) wanted.push(['campaign_id = ?', campaignId]);
  if (on) wanted.push(['?::date between from_date and to_date', on]);
  const rows = await em.execute<{ id: string; created_at: string }[]>(
    `select * from budgets where ${[...wanted.map(([sql]) => sql), '?'].join(' and ')}
     order by ${page.orderBy} limit ?`,
    [...wanted.flatMap(([, ...values]) => values), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Budget, row as never));
}
