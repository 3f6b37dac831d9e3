import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { listDefinitions } from '../domain/client-report/list-reports.ts';
import type { ReportDefinition } from '../domain/client-report/report-definition.entity.ts';
import {
  createDefinition,
  removeDefinition,
  updateDefinition,
} from '../domain/client-report/save-definition.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { Schedule } from '../domain/job/schedule.entity.ts';
import type { Page } from '../domain/paging.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  CreateReportDefinitionInput,
  ReportDefinitionConnection,
  ReportDefinitionPayload,
  ReportDefinitionType,
  UpdateReportDefinitionInput,
} from '../schema/report-definition.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ReportDefinitionType)
export class ReportDefinitionResolver {
  @Query(() => ReportDefinitionConnection, {
    description: 'What reports are made of, for whom, and when; the newest first.',
  })
  @Requires('ANALYST')
  async reportDefinitions(
    @Arg('clientId', () => ID, { nullable: true, description: 'Only those of this client.' })
    clientId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<ReportDefinition>> {
    const id = clientId == null ? null : fromGlobalId('Client', clientId, 'clientId');
    return listDefinitions(await context.em(), id, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(
    @Root() { clientId }: ReportDefinition,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => [String], { description: 'Who else gets it, by email.' })
  async emails(
    @Root() { id }: ReportDefinition,
    @Ctx() { loaders, services }: GraphContext,
  ): Promise<string[]> {
    const sealed = await loaders.emailsOfReport(id, {});
    return sealed.map((each) => services.cipher.decrypt(each)).sort();
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is issued by itself next; null where it is not.',
  })
  async nextIssueAt(
    @Root() { scheduleId }: ReportDefinition,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Date | null> {
    const schedule = scheduleId ? await loaders.byId(Schedule).load(scheduleId) : null;
    return schedule?.enabled ? schedule.nextRunAt : null;
  }

  @Mutation(() => ReportDefinitionPayload, { description: 'Define a report of a client.' })
  @Requires('ADMIN')
  createReportDefinition(
    @Arg('input', () => CreateReportDefinitionInput, { description: 'The definition.' })
    { clientId, ...input }: CreateReportDefinitionInput,
    @Ctx() context: GraphContext,
  ): Promise<ReportDefinitionPayload> {
    const wanted = { ...input, clientId: fromGlobalId('Client', clientId, 'clientId') };
    return context.mutate(async (em, actor) => ({
      reportDefinition: await createDefinition(em, actor, context.services.cipher, wanted),
    }));
  }

  @Mutation(() => ReportDefinitionPayload, {
    description: 'Change what is issued from now on; what was issued stays.',
  })
  @Requires('ADMIN')
  updateReportDefinition(
    @Arg('input', () => UpdateReportDefinitionInput, { description: 'What is left out stays.' })
    { id, ...changes }: UpdateReportDefinitionInput,
    @Ctx() context: GraphContext,
  ): Promise<ReportDefinitionPayload> {
    const wanted = { ...changes, id: fromGlobalId('ReportDefinition', id) };
    return context.mutate(async (em, actor) => ({
      reportDefinition: await updateDefinition(em, actor, context.services.cipher, wanted),
    }));
  }

  @Mutation(() => ReportDefinitionPayload, {
    description: 'Take a definition away; what was issued stays. Again changes nothing.',
  })
  @Requires('ADMIN')
  removeReportDefinition(
    @Arg('id', () => ID, { description: 'The definition.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ReportDefinitionPayload> {
    const definitionId = fromGlobalId('ReportDefinition', id);
    return context.mutate(async (em, actor) => ({
      reportDefinition: await removeDefinition(em, actor, definitionId),
    }));
  }
}
