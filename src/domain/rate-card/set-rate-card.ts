import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { addDays, checkYear, type LocalDate } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { findSource, type KnownSources } from '../feed/known-sources.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { checkCpm } from './check-cpm.ts';
import type { Days } from './loaded-days.ts';
import { RateCard } from './rate-card.entity.ts';
import { beginRateChange } from './take-turns.ts';

export interface NewRateCard {
  clientId: string;
  /** Price per 1,000 impressions in the client's currency, at most 6 decimals. */
  cpm: string;
  effectiveFrom: LocalDate;
  /** Last day; without one, until the next card begins. */
  effectiveTo?: LocalDate | null;
  /** Only for this source; without one, for all. */
  source?: string | null;
  /** Only for this campaign of the client; without one, for all. */
  campaignId?: string | null;
}

/** A rate card that was changed, and the days that may be priced in another way by it. */
export interface ChangedRateCard {
  rateCard: RateCard;
  days: Days;
}

/**
 * Set what a client pays from a day on.
 *
 * A card without an end takes over from an earlier one without an end, which now ends the day before: the
 * card in force is the latest to have begun. The same first day again corrects that card: its price, its end.
 * Facts that are loaded keep their spend until they are priced anew.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT when another card covers some of the days.
 */
export async function setRateCard(
  em: EntityManager,
  actor: Actor,
  sources: KnownSources,
  input: NewRateCard,
): Promise<ChangedRateCard> {
  if (input.source) findSource(sources, input.source);
  const client = found(await em.findOne(Client, input.clientId), 'client');
  if (input.campaignId) await checkCampaign(em, client, input.campaignId, input.source ?? null);
  const effectiveTo = input.effectiveTo ?? null;
  checkYear(input.effectiveFrom, 'effectiveFrom');
  if (effectiveTo) checkYear(effectiveTo, 'effectiveTo');
  if (effectiveTo && effectiveTo < input.effectiveFrom) {
    throw badInput('The rate card ends before it begins.', 'effectiveFrom', 'effectiveTo');
  }
  const cpm = checkCpm(input.cpm);
  // Before the cards are read, so that none slips between check and write.
  await beginRateChange(em, client.id);

  const { source = null, campaignId = null } = input;
  const scope = { clientId: client.id, source, campaignId };
  const standing = { ...scope, removedAt: null };
  const cards = await em.find(RateCard, standing, { orderBy: { effectiveFrom: 'asc' } });
  const known = cards.find((card) => card.effectiveFrom === input.effectiveFrom);
  const { effectiveFrom } = input;
  const days = { from: effectiveFrom, to: lastOf(known, effectiveTo) };
  if (known?.effectiveTo === effectiveTo && new Decimal(known.cpm).eq(cpm)) {
    return { rateCard: known, days };
  }
  const others = cards.filter((card) => card !== known);
  if (!known && effectiveTo === null) await endEndless(em, actor, others, input.effectiveFrom);
  refuseOverlap(others, input.effectiveFrom, effectiveTo);

  const before = known ? describe(known) : null;
  const { organizationId } = actor;
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
  return { rateCard: card, days };
}

/** The last day that a correction can change: of the card as it was, or as it is. */
function lastOf(known: RateCard | undefined, effectiveTo: LocalDate | null): LocalDate | null {
  if (!known || effectiveTo === null || known.effectiveTo === null) {
    return known ? null : effectiveTo;
  }
  return known.effectiveTo > effectiveTo ? known.effectiveTo : effectiveTo;
}

/** @throws {DomainError} NOT_FOUND; BAD_USER_INPUT when the campaign is of another source. */
async function checkCampaign(
  em: EntityManager,
  client: Client,
  id: string,
  source: string | null,
): Promise<void> {
  const campaign = found(await em.findOne(Campaign, { id, clientId: client.id }), 'campaign');
  if (source && campaign.source !== source) {
    throw badInput(`The campaign is of the source ${campaign.source}.`, 'source');
  }
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
  const cure = `remove it, or set it again from ${overlapped.effectiveFrom} with another last day`;
  throw new DomainError(
    'CONFLICT',
    `The rate card of ${days} covers some of these days: ${cure}.`,
    {
      fields: ['effectiveFrom', 'effectiveTo'],
    },
  );
}

/** What the audit log keeps of a rate card. */
export function describe({ cpm, source, campaignId, effectiveFrom, effectiveTo }: RateCard) {
  return { cpm, source, campaignId, effectiveFrom, effectiveTo };
}
