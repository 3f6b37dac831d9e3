import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { found } from '../errors.ts';
import { RateCard } from './rate-card.entity.ts';
import { type ChangedRateCard, describe } from './set-rate-card.ts';

/**
 * Take a rate card back: the next less specific rate is in force on its days. Again changes nothing. Changes of one
 * client's cards take turns.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function removeRateCard(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<ChangedRateCard> {
  await em.execute(
    'select from clients where id = (select client_id from rate_cards where id = ?) for no key update',
    [id],
  );
  const rateCard = found(await em.findOne(RateCard, id), 'rate card');
  const days = { from: rateCard.effectiveFrom, to: rateCard.effectiveTo };
  if (rateCard.removedAt) return { rateCard, days };
  rateCard.removedAt = await databaseNow(em);
  const entity = { entityType: 'RateCard', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before: describe(rateCard), after: null });
  await em.flush();
  return { rateCard, days };
}
