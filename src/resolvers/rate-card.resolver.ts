import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Actor } from '../domain/audit-log/record-change.ts';
import { Client } from '../domain/client/client.entity.ts';
import { badInput, found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { calendarOf } from '../domain/identity/calendar-of.ts';
import { holdWaiting } from '../domain/job/hold-waiting.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import { type Days, loadedDaysOf } from '../domain/rate-card/loaded-days.ts';
import type { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import { removeRateCard } from '../domain/rate-card/remove-rate-card.ts';
import {
  previewRepricing,
  type RepricedCampaign,
  type Repricing,
} from '../domain/rate-card/repricing.ts';
import { setRateCard } from '../domain/rate-card/set-rate-card.ts';
import { resolveRange } from '../domain/requested-range.ts';
import type { Outbox } from '../jobs/enqueue.ts';
import { recomputeSpend } from '../jobs/recompute-spend.job.ts';
import { JobRunPayload } from '../schema/job-run.type.ts';
import { CampaignType } from '../schema/media.type.ts';
import {
  RateCardPayload,
  RateCardType,
  RecomputeSpendInput,
  RepricedCampaignType,
  RepricingType,
  SetRateCardInput,
} from '../schema/rate-card.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => RateCardType)
export class RateCardResolver {
  @FieldResolver(() => CampaignType, { nullable: true })
  campaign(
    @Root() { campaignId }: RateCard,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Campaign | null> | null {
    return campaignId ? loaders.byId(Campaign).load(campaignId) : null;
  }

  @Mutation(() => RateCardPayload, {
    description:
      'Set what a client pays per 1,000 impressions from a day on. A job computes the spend of days that are loaded anew.',
  })
  @Requires('ADMIN')
  setRateCard(
    @Arg('input', () => SetRateCardInput, { description: 'The rate card.' })
    input: SetRateCardInput,
    @Ctx() context: GraphContext,
  ): Promise<RateCardPayload> {
    const card = cardOf(input);
    const { sources } = context.services;
    return context.mutate(async (em, actor, outbox) => {
      const { rateCard, days } = await setRateCard(em, actor, sources, card);
      return { rateCard, jobRun: await priceAnew(em, actor, outbox, rateCard.clientId, days) };
    });
  }

  @Mutation(() => RepricingType, {
    description:
      'Tell what setting a rate card would change of the days that are loaded; it changes nothing.',
  })
  @Requires('ADMIN')
  previewRateCard(
    @Arg('input', () => SetRateCardInput, { description: 'The rate card.' })
    input: SetRateCardInput,
    @Ctx() context: GraphContext,
  ): Promise<Repricing> {
    const card = cardOf(input);
    const { sources } = context.services;
    return context.rehearse(async (em, actor) => {
      const { days } = await setRateCard(em, actor, sources, card);
      return previewRepricing(em, card.clientId, await loadedDaysOf(em, card.clientId, days));
    });
  }

  @Mutation(() => RateCardPayload, {
    description:
      'Take a rate card back: the next less specific rate is in force on its days, and a job computes their spend anew. Again changes nothing.',
  })
  @Requires('ADMIN')
  removeRateCard(
    @Arg('id', () => ID, { description: 'The rate card.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<RateCardPayload> {
    return context.mutate(async (em, actor, outbox) => {
      const { rateCard, days } = await removeRateCard(em, actor, fromGlobalId('RateCard', id));
      return { rateCard, jobRun: await priceAnew(em, actor, outbox, rateCard.clientId, days) };
    });
  }

  @Mutation(() => JobRunPayload, {
    description:
      "Compute the spend of a client's loaded days by the rates in force now, as after a change of the organization's default.",
  })
  @Requires('ADMIN')
  recomputeSpend(
    @Arg('input', () => RecomputeSpendInput, { description: 'Client and days.' })
    input: RecomputeSpendInput,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const clientId = fromGlobalId('Client', input.clientId);
    return context.mutate(async (em, actor, outbox) => {
      const client = found(await em.findOne(Client, clientId), 'client');
      const days = resolveRange(input.range, await calendarOf(em, client));
      const jobRun = await priceAnew(em, actor, outbox, clientId, days);
      if (!jobRun) throw badInput('None of these days is loaded.', 'range');
      return { jobRun };
    });
  }
}

@Resolver(() => RepricedCampaignType)
export class RepricedCampaignResolver {
  @FieldResolver(() => CampaignType, { nullable: true, description: 'The campaign.' })
  campaign(
    @Root() { campaignId }: RepricedCampaign,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Campaign | null> {
    return loaders.byId(Campaign).load(campaignId);
  }
}

function cardOf({ clientId, campaignId, ...card }: SetRateCardInput) {
  return {
    ...card,
    clientId: fromGlobalId('Client', clientId, 'clientId'),
    campaignId: campaignId ? fromGlobalId('Campaign', campaignId, 'campaignId') : null,
  };
}

/** Have loaded days priced by the rates in force now. @returns null where none is loaded. */
async function priceAnew(
  em: EntityManager,
  { organizationId, userId, origin }: Actor,
  { add }: Outbox,
  clientId: string,
  days: Days,
): Promise<JobRun | null> {
  const loaded = await loadedDaysOf(em, clientId, days);
  if (!loaded) return null;
  const payload = { clientId, ...loaded };
  const waiting = await holdWaiting(em, recomputeSpend.name, clientId, payload);
  if (waiting) return waiting;
  const owner = { organizationId, clientId, requestedBy: userId, requestId: origin.requestId };
  const id = await add(recomputeSpend, payload, owner);
  await em.flush();
  return em.findOneOrFail(JobRun, id);
}
