import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { found } from '../errors.ts';
import { RateCard } from './rate-card.entity.ts';
import { type ChangedRateCard, describe } from './set-rate-card.ts';
import { beginRateChange } from './take-turns.ts';

/**
 * Take a rate card back: the next less specific rate is in force on its days. Again changes nothing.
 *
 * @throws {DomainError} NOT_FOUND.
 */
export async function removeRateCard(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<ChangedRateCard> {
  const rateCard = found(await em.findOne(RateCard, id), 'rate card');
  await beginRateChange(em, rateCard.clientId);
  await em.refreshOrFail(rateCard);
  const days = { from: rateCard.effectiveFrom, to: rateCard.effectiveTo };
  if (rateCard.removedAt) return { rateCard, days };
  rateCard.removedAt = await databaseNow(em);
  const entity = { entityType: 'RateCard', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before: describe(rateCard), after: null });
  await em.flush();
  return { rateCard, days };
}
