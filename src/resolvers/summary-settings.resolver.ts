import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Organization } from '../domain/identity/organization.entity.ts';
import {
  setSummarySchedule,
  setSummaryScheduleOfClient,
} from '../domain/summary/set-summary-schedule.ts';
import { setSummaryThresholds } from '../domain/summary/set-summary-thresholds.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import type {
  SummaryKind,
  SummaryThresholds,
  SummaryTimes,
} from '../domain/summary/summary-settings.ts';
import { ClientPayload, ClientType } from '../schema/client.type.ts';
import { SummaryKindEnum, SummaryType } from '../schema/summary.type.ts';
import {
  SetClientSummaryScheduleInput,
  SetSummaryScheduleInput,
  SetSummaryThresholdsInput,
  SummaryScheduleType,
  SummaryThresholdsType,
} from '../schema/summary-settings.type.ts';
import { OrganizationPayload, OrganizationType } from '../schema/viewer.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => OrganizationType)
export class SummarySettingsResolver {
  @FieldResolver(() => SummaryScheduleType, {
    description:
      'Which summaries are made, and when, of clients that have no schedule of their own.',
  })
  summarySchedule(@Root() organization: Organization): SummaryTimes {
    return organization.summarySchedule;
  }

  @FieldResolver(() => SummaryThresholdsType, {
    description: 'What summaries call an underperformer.',
  })
  summaryThresholds(@Root() organization: Organization): SummaryThresholds {
    return organization.summaryThresholds;
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Change which summaries are made, and when, for all clients that have no schedule of their own.',
  })
  @Requires('ADMIN')
  setSummarySchedule(
    @Arg('input', () => SetSummaryScheduleInput, {
      description: 'What is left out stays as it is.',
    })
    changes: SetSummaryScheduleInput,
    @Ctx() context: GraphContext,
  ): Promise<{ organization: Organization }> {
    return context.mutate(async (em, actor) => ({
      organization: await setSummarySchedule(em, actor, changes),
    }));
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Change what summaries call an underperformer, in those that are made from now on; `generateSummaries` makes others anew.',
  })
  @Requires('ADMIN')
  setSummaryThresholds(
    @Arg('input', () => SetSummaryThresholdsInput, {
      description: 'What is left out stays as it is.',
    })
    changes: SetSummaryThresholdsInput,
    @Ctx() context: GraphContext,
  ): Promise<{ organization: Organization }> {
    return context.mutate(async (em, actor) => ({
      organization: await setSummaryThresholds(em, actor, changes),
    }));
  }
}

@Resolver(() => ClientType)
export class ClientSummariesResolver {
  @FieldResolver(() => SummaryScheduleType, {
    description: "Which summaries of it are made, and when: its own, or else its organization's.",
  })
  async summarySchedule(
    @Root() { summarySchedule, organizationId }: Client,
    @Ctx() { loaders }: GraphContext,
  ): Promise<SummaryTimes> {
    const organization = await loaders.organization.load(organizationId);
    return summarySchedule ?? found(organization, 'organization').summarySchedule;
  }

  @FieldResolver(() => SummaryType, {
    nullable: true,
    description: 'The summary of its latest week or month that has one.',
  })
  latestSummary(
    @Root() { id }: Client,
    @Arg('kind', () => SummaryKindEnum, { description: 'Of a week, or of a month.' })
    kind: SummaryKind,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Summary | null> {
    return loaders.latestSummary(id, { kind, until: null });
  }

  @Mutation(() => ClientPayload, {
    description: 'Change which summaries of one client are made, and when.',
  })
  @Requires('ADMIN')
  setClientSummarySchedule(
    @Arg('input', () => SetClientSummaryScheduleInput, {
      description: 'What is left out stays as it is.',
    })
    { clientId, followOrganization, ...changes }: SetClientSummaryScheduleInput,
    @Ctx() context: GraphContext,
  ): Promise<ClientPayload> {
    const id = fromGlobalId('Client', clientId, 'clientId');
    const own = followOrganization ? null : changes;
    return context.mutate(async (em, actor) => ({
      client: await setSummaryScheduleOfClient(em, actor, id, own),
    }));
  }
}
