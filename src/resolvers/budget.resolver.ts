import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Budget } from '../domain/budget/budget.entity.ts';
import type { Pacing } from '../domain/budget/find-pacing.ts';
import { listBudgets } from '../domain/budget/list-budgets.ts';
import { createBudget, removeBudget, updateBudget } from '../domain/budget/set-budget.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import type { Page } from '../domain/paging.ts';
import {
  BudgetArgs,
  BudgetConnection,
  BudgetPacingType,
  BudgetPayload,
  BudgetType,
  CreateBudgetInput,
  UpdateBudgetInput,
} from '../schema/budget.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { CampaignType } from '../schema/media.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => BudgetType)
export class BudgetResolver {
  @Query(() => BudgetConnection, { description: 'Budgets, the newest first.' })
  async budgets(
    @Args(() => BudgetArgs) { filter, ...page }: BudgetArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Budget>> {
    const { clientId, campaignId, on = null } = filter ?? {};
    const wanted = {
      clientId: clientId ? fromGlobalId('Client', clientId, 'clientId') : null,
      campaignId: campaignId ? fromGlobalId('Campaign', campaignId, 'campaignId') : null,
    };
    return listBudgets(await context.em(), { ...wanted, on }, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(@Root() { clientId }: Budget, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => CampaignType, {
    nullable: true,
    description: 'The campaign that it is of; null where it is of the whole client.',
  })
  campaign(
    @Root() { campaignId }: Budget,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Campaign | null> | null {
    return campaignId ? loaders.byId(Campaign).load(campaignId) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'ISO 4217 code of all amounts.' })
  async currency(
    @Root() { clientId }: Budget,
    @Ctx() { loaders }: GraphContext,
  ): Promise<string | undefined> {
    return (await loaders.client.load(clientId))?.currency;
  }

  @FieldResolver(() => BudgetPacingType, { description: 'How it stands.' })
  pacing(@Root() { id }: Budget, @Ctx() { loaders }: GraphContext): Promise<Pacing> {
    return loaders.pacingOfBudget(id, {});
  }

  @Mutation(() => BudgetPayload, {
    description:
      'Give a client, or one of its campaigns, a budget. Each has one for any day: a campaign within its client, and no part of its sum.',
  })
  @Requires('ADMIN')
  createBudget(
    @Arg('input', () => CreateBudgetInput, { description: 'The budget.' })
    { clientId, campaignId, ...input }: CreateBudgetInput,
    @Ctx() context: GraphContext,
  ): Promise<BudgetPayload> {
    const of = {
      clientId: fromGlobalId('Client', clientId, 'clientId'),
      campaignId: campaignId ? fromGlobalId('Campaign', campaignId, 'campaignId') : null,
    };
    return context.mutate(async (em, actor) => ({
      budget: await createBudget(em, actor, { ...input, ...of }),
    }));
  }

  @Mutation(() => BudgetPayload, {
    description: 'Change the amount, the days or the flights of a budget.',
  })
  @Requires('ADMIN')
  updateBudget(
    @Arg('input', () => UpdateBudgetInput, { description: 'What is left out stays as it is.' })
    { id, ...changes }: UpdateBudgetInput,
    @Ctx() context: GraphContext,
  ): Promise<BudgetPayload> {
    const budgetId = fromGlobalId('Budget', id);
    return context.mutate(async (em, actor) => ({
      budget: await updateBudget(em, actor, budgetId, changes),
    }));
  }

  @Mutation(() => BudgetPayload, { description: 'Take a budget back. Again changes nothing.' })
  @Requires('ADMIN')
  removeBudget(
    @Arg('id', () => ID, { description: 'The budget.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<BudgetPayload> {
    const budgetId = fromGlobalId('Budget', id);
    return context.mutate(async (em, actor) => ({
      budget: await removeBudget(em, actor, budgetId),
    }));
  }
}
