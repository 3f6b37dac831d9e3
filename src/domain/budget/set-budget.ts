import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { checkRange, type DateRange, type LocalDate } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { Budget } from './budget.entity.ts';
import { checkAmount, checkFlights } from './check-budget.ts';

export interface NewBudget {
  clientId: string;
  /** Of this campaign of the client alone; without one, of all. */
  campaignId?: string | null;
  /** In the client's currency. */
  amount: string;
  fromDate: LocalDate;
  toDate: LocalDate;
  /** The days of it on which ads are to run; all where left out. */
  flights?: readonly DateRange[] | null;
  idempotencyKey?: string | null;
}

/** What is null or left out stays. */
export type BudgetChanges = Partial<
  Record<'amount' | 'fromDate' | 'toDate', string | null> & Pick<NewBudget, 'flights'>
>;

/**
 * Give a client, or one of its campaigns, a budget.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT where it has another one on some of the days.
 */
export async function createBudget(
  em: EntityManager,
  actor: Actor,
  { idempotencyKey: key, ...input }: NewBudget,
): Promise<Budget> {
  const id = await once(em, actor, { operation: 'createBudget', key, input }, async () => {
    const { campaignId = null, amount, fromDate, toDate } = input;
    const client = found(await em.findOne(Client, input.clientId), 'client');
    if (campaignId) {
      found(await em.findOne(Campaign, { id: campaignId, clientId: client.id }), 'campaign');
    }
    const { from, to } = checkRange({ from: fromDate, to: toDate });
    const budget = em.create(Budget, {
      ...{ organizationId: actor.organizationId, clientId: client.id, campaignId },
      ...{ fromDate, toDate, amount: checkAmount(amount) },
      flights: checkFlights(input.flights ?? [], { from, to }),
    });
    await refuseOverlap(em, budget);
    record(em, actor, 'CREATE', budget, null);
    await em.flush();
    return budget.id;
  });
  return em.findOneOrFail(Budget, id);
}

/**
 * Change a budget: its amount, its days, its flights. The same again changes nothing.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT where it is removed, or there is another one on some days.
 */
export async function updateBudget(
  em: EntityManager,
  actor: Actor,
  id: string,
  { amount, fromDate, toDate, flights }: BudgetChanges,
): Promise<Budget> {
  const budget = await holdBudget(em, id);
  if (budget.removedAt) throw new DomainError('CONFLICT', 'The budget is removed.');
  const before = describe(budget);
  const { from, to } = checkRange({
    from: fromDate ?? budget.fromDate,
    to: toDate ?? budget.toDate,
  });
  budget.amount = amount ? checkAmount(amount) : plainDecimal(budget.amount);
  Object.assign(budget, { fromDate: from, toDate: to });
  budget.flights = checkFlights(flights ?? budget.flights, { from, to });
  if (JSON.stringify(before) === JSON.stringify(describe(budget))) return budget;
  await refuseOverlap(em, budget);
  record(em, actor, 'UPDATE', budget, before);
  await em.flush();
  return budget;
}

/** Take a budget back: it stays to be seen by its id. Again changes nothing. @throws {DomainError} NOT_FOUND. */
export async function removeBudget(em: EntityManager, actor: Actor, id: string): Promise<Budget> {
  const budget = await holdBudget(em, id);
  if (budget.removedAt) return budget;
  const before = describe(budget);
  budget.removedAt = await databaseNow(em);
  const entity = { entityType: 'Budget', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before, after: null });
  await em.flush();
  return budget;
}

async function holdBudget(em: EntityManager, id: string): Promise<Budget> {
  const budget = found(await em.findOne(Budget, id), 'budget');
  await em.execute('select from budgets where id = ? for no key update', [id]);
  return em.refreshOrFail(budget);
}

/**
 * A day of a client or of a campaign is of one budget; a campaign's lies within its client's, and is no part of that sum.
 *
 * @throws {DomainError} CONFLICT.
 */
async function refuseOverlap(em: EntityManager, budget: Budget): Promise<void> {
  const { id, clientId, campaignId, fromDate, toDate } = budget;
  // Budgets of a client take turns, so that none slips between check and write.
  await em.execute('select from clients where id = ? for no key update', [clientId]);
  const [other] = await em.execute<{ from: LocalDate; to: LocalDate }[]>(
    `select from_date as "from", to_date as "to" from budgets
     where client_id = ? and campaign_id is not distinct from ?::uuid and id <> ? and removed_at is null
       and from_date <= ? and to_date >= ?
     order by from_date limit 1`,
    [clientId, campaignId, id, toDate, fromDate],
  );
  if (!other) return;
  const message = `The budget of ${other.from} to ${other.to} is of some of these days: change or remove it.`;
  throw new DomainError('CONFLICT', message, { fields: ['fromDate', 'toDate'] });
}

function record(
  em: EntityManager,
  actor: Actor,
  action: string,
  budget: Budget,
  before: object | null,
): void {
  const entity = { entityType: 'Budget', entityId: budget.id };
  recordChange(em, actor, { action, ...entity, before, after: describe(budget) });
}

/** What the audit log keeps of a budget. */
function describe({ clientId, campaignId, amount, fromDate, toDate, flights }: Budget) {
  return { clientId, campaignId, amount: plainDecimal(amount), fromDate, toDate, flights };
}
