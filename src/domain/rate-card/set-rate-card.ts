import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { addDays, checkYear, type LocalDate } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { findSource, type KnownSources } from '../feed/known-sources.ts';
import { RateCard } from './rate-card.entity.ts';

export interface NewRateCard {
  clientId: string;
  /** Price per 1,000 impressions in the client's currency, at most 6 decimals. */
  cpm: string;
  effectiveFrom: LocalDate;
  /** Last day; without one, until the next card begins. */
  effectiveTo?: LocalDate | null;
  /** Only for this source; without one, for all. */
  source?: string | null;
}

/**
 * Set what a client pays from a day on.
 *
 * A card without an end takes over from an earlier one without an end, which now ends the day before: the
 * card in force is the latest to have begun. The same first day again corrects that card: its price, its end.
 * Facts that are loaded keep their spend until their day is loaded again.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT when another card covers some of the days.
 */
export async function setRateCard(
  em: EntityManager,
  actor: Actor,
  sources: KnownSources,
  input: NewRateCard,
): Promise<RateCard> {
  if (input.source) findSource(sources, input.source);
  const client = found(await em.findOne(Client, input.clientId), 'client');
  const effectiveTo = input.effectiveTo ?? null;
  checkYear(input.effectiveFrom, 'effectiveFrom');
  if (effectiveTo) checkYear(effectiveTo, 'effectiveTo');
  if (effectiveTo && effectiveTo < input.effectiveFrom) {
    throw badInput('The rate card ends before it begins.', 'effectiveFrom', 'effectiveTo');
  }
  const cpm = checkCpm(input.cpm);
  // Changes of one client's cards take turns, so that none slips between check and write.
  await em.execute('select from clients where id = ? for no key update', [client.id]);

  const scope = { clientId: client.id, source: input.source ?? null, campaignId: null };
  const cards = await em.find(RateCard, scope, { orderBy: { effectiveFrom: 'asc' } });
  const known = cards.find((card) => card.effectiveFrom === input.effectiveFrom);
  if (known?.effectiveTo === effectiveTo && new Decimal(known.cpm).eq(cpm)) return known;
  const others = cards.filter((card) => card !== known);
  if (!known && effectiveTo === null) await endEndless(em, actor, others, input.effectiveFrom);
  refuseOverlap(others, input.effectiveFrom, effectiveTo);

  const before = known ? describe(known) : null;
  const { organizationId } = actor;
  const { effectiveFrom } = input;
  const card = known ?? em.create(RateCard, { organizationId, ...scope, cpm, effectiveFrom });
  Object.assign(card, { cpm, effectiveTo });
  recordChange(em, actor, {
    action: known ? 'UPDATE' : 'CREATE',
    entityType: 'RateCard',
    entityId: card.id,
    before,
    after: describe(card),
  });
  await em.flush();
  return card;
}

/** End the card without an end that began before a day. One with an end must not: nothing would follow it. */
async function endEndless(
  em: EntityManager,
  actor: Actor,
  cards: RateCard[],
  day: LocalDate,
): Promise<void> {
  const endless = cards.find((card) => !card.effectiveTo && card.effectiveFrom < day);
  if (!endless) return;
  const before = describe(endless);
  endless.effectiveTo = addDays(day, -1);
  const entity = { entityType: 'RateCard', entityId: endless.id };
  recordChange(em, actor, { action: 'UPDATE', ...entity, before, after: describe(endless) });
  await em.flush();
}

/** @throws {DomainError} CONFLICT when one of the cards covers some of the days. */
function refuseOverlap(cards: RateCard[], from: LocalDate, to: LocalDate | null): void {
  const overlapped = cards.find(
    (card) =>
      (to === null || card.effectiveFrom <= to) && (!card.effectiveTo || card.effectiveTo >= from),
  );
  if (!overlapped) return;
  const days = `${overlapped.effectiveFrom} to ${overlapped.effectiveTo ?? 'further notice'}`;
  throw new DomainError('CONFLICT', `The rate card of ${days} covers some of these days.`, {
    fields: ['effectiveFrom', 'effectiveTo'],
  });
}

function describe({ cpm, source, effectiveFrom, effectiveTo }: RateCard) {
  return { cpm, source, effectiveFrom, effectiveTo };
}

/** @returns the CPM as plain decimal text. */
function checkCpm(text: string): string {
  const cpm = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? new Decimal(text) : undefined;
  if (!cpm) throw badInput('A CPM is a number from 0 to 999999 with at most 6 decimals.', 'cpm');
  return cpm.toFixed();
}
