import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Alert } from '../domain/alert/alert.entity.ts';
import { listAlertEmails } from '../domain/alert/find-recipients.ts';
import { acknowledgeAlert, snoozeAlert } from '../domain/alert/handle-alert.ts';
import { type AlertFilter, listAlerts } from '../domain/alert/list-alerts.ts';
import { setAlertRecipients } from '../domain/alert/set-alert-recipients.ts';
import type { AlertRule } from '../domain/alert-rule/alert-rule.entity.ts';
import type { Client } from '../domain/client/client.entity.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { AlertRole, Organization } from '../domain/identity/organization.entity.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import {
  AlertArgs,
  AlertConnection,
  type AlertFilterInput,
  AlertPayload,
  AlertRoleEnum,
  AlertType,
  SetAlertRecipientsInput,
} from '../schema/alert.type.ts';
import { AlertRuleType } from '../schema/alert-rule.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { FeedType } from '../schema/feed.type.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { OrganizationPayload, OrganizationType } from '../schema/viewer.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => AlertType)
export class AlertResolver {
  @Query(() => AlertConnection, {
    description:
      'Troubles of feeds and what rules are about, ended ones too; what began last comes first.',
  })
  @Requires('ANALYST')
  async alerts(
    @Args(() => AlertArgs) { filter, ...page }: AlertArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Alert>> {
    return listAlerts(await context.em(), readFilter(filter ?? {}), page);
  }

  @FieldResolver(() => FeedType, {
    nullable: true,
    description: 'The feed; null where a rule applies.',
  })
  async feed(@Root() { feedId }: Alert, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return feedId === null ? null : loaders.feed.load(feedId);
  }

  @FieldResolver(() => AlertRuleType, { nullable: true, description: 'The rule that applies.' })
  async rule(
    @Root() { ruleId }: Alert,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AlertRule | null> {
    return ruleId === null ? null : loaders.alertRule.load(ruleId);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(@Root() { clientId }: Alert, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => IngestionRunType, {
    nullable: true,
    description: 'The run that it was last seen in.',
  })
  async run(
    @Root() { runId }: Alert,
    @Ctx() { loaders }: GraphContext,
  ): Promise<IngestionRun | null> {
    return runId === null ? null : loaders.run.load(runId);
  }

  @Mutation(() => AlertPayload, {
    description: 'Say that somebody sees to an alert. It ends by itself.',
  })
  @Requires('ANALYST')
  acknowledgeAlert(
    @Arg('id', () => ID, { description: 'The alert.' }) id: string,
    @Arg('note', () => String, { nullable: true, description: 'What there is to say of it.' })
    note: string | null,
    @Ctx() context: GraphContext,
  ): Promise<AlertPayload> {
    const alertId = fromGlobalId('Alert', id);
    return handle(context, (em, actor) => acknowledgeAlert(em, actor, alertId, note));
  }

  @Mutation(() => AlertPayload, {
    description: 'Have nobody told of an alert for a while, should it end and begin anew.',
  })
  @Requires('ANALYST')
  snoozeAlert(
    @Arg('id', () => ID, { description: 'The alert.' }) id: string,
    @Arg('until', () => DateTimeScalar, {
      nullable: true,
      description: 'At most 90 days from now. Left out, people are told again.',
    })
    until: Date | null,
    @Ctx() context: GraphContext,
  ): Promise<AlertPayload> {
    const alertId = fromGlobalId('Alert', id);
    return handle(context, (em, actor) => snoozeAlert(em, actor, alertId, until ?? null));
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Set whom alerts and the daily digest are mailed to.',
  })
  @Requires('ADMIN')
  setAlertRecipients(
    @Arg('input', () => SetAlertRecipientsInput, {
      description: 'What is left out stays as it is.',
    })
    input: SetAlertRecipientsInput,
    @Ctx() context: GraphContext,
  ): Promise<{ organization: Organization }> {
    return context.mutate(async (em, actor) => ({
      organization: await setAlertRecipients(em, actor, context.services.cipher, input),
    }));
  }
}

@Resolver(() => OrganizationType)
export class AlertRecipientsResolver {
  @FieldResolver(() => [AlertRoleEnum], {
    nullable: true,
    description: 'Whose members are mailed of alerts, and get the daily digest.',
  })
  @Requires('ANALYST')
  alertRoles(@Root() organization: Organization): AlertRole[] {
    return organization.alertRoles;
  }

  @FieldResolver(() => [String], { nullable: true, description: 'Who else is, by email.' })
  @Requires('ADMIN')
  async alertEmails(@Root() _: Organization, @Ctx() context: GraphContext): Promise<string[]> {
    return listAlertEmails(await context.em(), context.services.cipher);
  }
}

/** Change what is said of an alert, and tell those who watch. */
async function handle(
  context: GraphContext,
  change: Parameters<typeof context.mutate<Alert>>[0],
): Promise<AlertPayload> {
  const alert = await context.mutate(change);
  await context.services.announcer.announce({ alertsOf: alert.organizationId });
  return { alert };
}

function readFilter({ clientId, feedId, ruleId, ...filter }: AlertFilterInput): AlertFilter {
  return {
    ...filter,
    clientId: clientId == null ? null : fromGlobalId('Client', clientId, 'clientId'),
    feedId: feedId == null ? null : fromGlobalId('Feed', feedId, 'feedId'),
    ruleId: ruleId == null ? null : fromGlobalId('AlertRule', ruleId, 'ruleId'),
  };
}
