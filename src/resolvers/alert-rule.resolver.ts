import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AlertRule } from '../domain/alert-rule/alert-rule.entity.ts';
import { listAlertRules } from '../domain/alert-rule/list-alert-rules.ts';
import {
  createAlertRule,
  removeAlertRule,
  updateAlertRule,
} from '../domain/alert-rule/save-alert-rule.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { holdWaiting } from '../domain/job/hold-waiting.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import type { Page } from '../domain/paging.ts';
import { evaluateAlertRules } from '../jobs/evaluate-alert-rules.job.ts';
import { tellOfAlerts } from '../jobs/tell-of-alerts.ts';
import {
  AlertRuleConnection,
  AlertRulePayload,
  AlertRuleType,
  CreateAlertRuleInput,
  UpdateAlertRuleInput,
} from '../schema/alert-rule.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { CampaignType } from '../schema/media.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => AlertRuleType)
export class AlertRuleResolver {
  @Query(() => AlertRuleConnection, { description: 'What people want to be told of, by name.' })
  @Requires('ANALYST')
  async alertRules(
    @Arg('clientId', () => ID, {
      nullable: true,
      description: 'Only the rules of this client, and of each client.',
    })
    clientId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<AlertRule>> {
    const id = clientId == null ? null : fromGlobalId('Client', clientId, 'clientId');
    return listAlertRules(await context.em(), id, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'Its client; null for each.' })
  async client(
    @Root() { clientId }: AlertRule,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> {
    return clientId === null ? null : loaders.client.load(clientId);
  }

  @FieldResolver(() => CampaignType, {
    nullable: true,
    description: 'Its campaign; null for all of the client.',
  })
  async campaign(
    @Root() { campaignId }: AlertRule,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Campaign | null> {
    return campaignId === null ? null : loaders.byId(Campaign).load(campaignId);
  }

  @Mutation(() => AlertRulePayload, {
    description:
      'Have people told when a metric, its change or a lack of data is beyond a threshold. It is evaluated at once.',
  })
  @Requires('ADMIN')
  createAlertRule(
    @Arg('input', () => CreateAlertRuleInput, { description: 'The rule.' })
    { clientId, campaignId, ...input }: CreateAlertRuleInput,
    @Ctx() context: GraphContext,
  ): Promise<AlertRulePayload> {
    const rule = {
      ...input,
      clientId: clientId == null ? null : fromGlobalId('Client', clientId, 'clientId'),
      campaignId: campaignId == null ? null : fromGlobalId('Campaign', campaignId, 'campaignId'),
    };
    return change(context, (em, actor) => createAlertRule(em, actor, rule));
  }

  @Mutation(() => AlertRulePayload, {
    description: 'Change a rule. What it looks at, and of whom, is its own for good.',
  })
  @Requires('ADMIN')
  updateAlertRule(
    @Arg('input', () => UpdateAlertRuleInput, { description: 'What is left out stays as it is.' })
    { id, ...changes }: UpdateAlertRuleInput,
    @Ctx() context: GraphContext,
  ): Promise<AlertRulePayload> {
    const ruleId = fromGlobalId('AlertRule', id);
    return change(context, (em, actor) => updateAlertRule(em, actor, ruleId, changes));
  }

  @Mutation(() => AlertRulePayload, {
    description: 'Take a rule away; its open alerts end. Again changes nothing.',
  })
  @Requires('ADMIN')
  removeAlertRule(
    @Arg('id', () => ID, { description: 'The rule.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<AlertRulePayload> {
    const ruleId = fromGlobalId('AlertRule', id);
    return change(context, (em, actor) => removeAlertRule(em, actor, ruleId));
  }
}

/** Change a rule, and have it evaluated, or else tell of the alerts that end with it. */
function change(
  context: GraphContext,
  apply: Parameters<typeof context.mutate<AlertRule>>[0],
): Promise<AlertRulePayload> {
  return context.mutate(async (em, actor, outbox) => {
    const alertRule = await apply(em, actor, outbox);
    const { organizationId, clientId } = alertRule;
    const payload = clientId === null ? {} : { clientId };
    if (alertRule.enabled && !alertRule.removedAt) {
      if (!(await holdWaiting(em, evaluateAlertRules.name, clientId, payload))) {
        const owner = { organizationId, clientId, requestedBy: actor.userId };
        await outbox.add(evaluateAlertRules, payload, owner);
      }
    } else {
      await tellOfAlerts(em, outbox.add, organizationId, false);
    }
    return { alertRule };
  });
}
