import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AeoSetUp } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import { type AuditEstimate, estimateSetUp } from '../domain/aeo-audit/estimate-set-up.ts';
import { forgetProposals } from '../domain/aeo-audit/keep-proposals.ts';
import { listSetUps } from '../domain/aeo-audit/list-audits.ts';
import { createSetUp, removeSetUp, updateSetUp } from '../domain/aeo-audit/save-set-up.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { Schedule } from '../domain/job/schedule.entity.ts';
import type { Page } from '../domain/paging.ts';
import { AeoAuditEstimateType } from '../schema/aeo-audit.type.ts';
import {
  AeoSetUpConnection,
  AeoSetUpPayload,
  AeoSetUpType,
  CreateAeoSetUpInput,
  UpdateAeoSetUpInput,
} from '../schema/aeo-set-up.type.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => AeoSetUpType)
export class AeoSetUpResolver {
  @Query(() => AeoSetUpConnection, { description: 'What audits ask; the newest first.' })
  @Requires('ANALYST')
  async aeoSetUps(
    @Arg('clientId', () => ID, { nullable: true, description: 'Only those of this client.' })
    clientId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<AeoSetUp>> {
    const id = clientId == null ? null : fromGlobalId('Client', clientId, 'clientId');
    return listSetUps(await context.em(), id, page);
  }

  @Query(() => AeoAuditEstimateType, {
    description: 'What an audit of a set-up would take now. Nothing is asked.',
  })
  @Requires('ANALYST')
  async estimateAeoAudit(
    @Arg('setUpId', () => ID, { description: 'The set-up.' }) setUpId: string,
    @Ctx() context: GraphContext,
  ): Promise<AuditEstimate> {
    return estimateSetUp(await context.em(), fromGlobalId('AeoSetUp', setUpId, 'setUpId'));
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(@Root() { clientId }: AeoSetUp, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When an audit of it begins by itself next; null where none does.',
  })
  async nextAuditAt(@Root() setUp: AeoSetUp, @Ctx() context: GraphContext): Promise<Date | null> {
    return (await scheduleOf(setUp, context))?.nextRunAt ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why the latest audit that was due did not begin; null where it did.',
  })
  async skipReason(@Root() setUp: AeoSetUp, @Ctx() context: GraphContext): Promise<string | null> {
    return (await scheduleOf(setUp, context))?.skipReason ?? null;
  }

  @Mutation(() => AeoSetUpPayload, { description: 'Say what audits of a client ask.' })
  @Requires('ANALYST')
  createAeoSetUp(
    @Arg('input', () => CreateAeoSetUpInput, { description: 'The set-up.' })
    { clientId, ...input }: CreateAeoSetUpInput,
    @Ctx() context: GraphContext,
  ): Promise<AeoSetUpPayload> {
    const wanted = { ...input, clientId: fromGlobalId('Client', clientId, 'clientId') };
    const { auditPolicy } = context.services;
    return context.mutate(async (em, actor) => ({
      aeoSetUp: await createSetUp(em, actor, auditPolicy, wanted),
    }));
  }

  @Mutation(() => AeoSetUpPayload, {
    description: 'Change what audits ask from now on; those that have begun go on as they began.',
  })
  @Requires('ANALYST')
  updateAeoSetUp(
    @Arg('input', () => UpdateAeoSetUpInput, { description: 'What is left out stays.' })
    { id, ...changes }: UpdateAeoSetUpInput,
    @Ctx() context: GraphContext,
  ): Promise<AeoSetUpPayload> {
    const wanted = { ...changes, id: fromGlobalId('AeoSetUp', id) };
    const { auditPolicy } = context.services;
    return context.mutate(async (em, actor) => ({
      aeoSetUp: await updateSetUp(em, actor, auditPolicy, wanted),
    }));
  }

  @Mutation(() => AeoSetUpPayload, {
    description:
      'Have the next audit of a set-up ask for other proposals; until then its audits ask what the first one took up. Again changes nothing.',
  })
  @Requires('ANALYST')
  forgetAeoProposals(
    @Arg('id', () => ID, { description: 'The set-up.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<AeoSetUpPayload> {
    const setUpId = fromGlobalId('AeoSetUp', id);
    return context.mutate(async (em, actor) => ({
      aeoSetUp: await forgetProposals(em, actor, setUpId),
    }));
  }

  @Mutation(() => AeoSetUpPayload, {
    description: 'Take a set-up away; its audits stay. Again changes nothing.',
  })
  @Requires('ANALYST')
  removeAeoSetUp(
    @Arg('id', () => ID, { description: 'The set-up.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<AeoSetUpPayload> {
    const setUpId = fromGlobalId('AeoSetUp', id);
    return context.mutate(async (em, actor) => ({
      aeoSetUp: await removeSetUp(em, actor, setUpId),
    }));
  }
}

async function scheduleOf(
  { scheduleId }: AeoSetUp,
  { loaders }: GraphContext,
): Promise<Schedule | null> {
  return scheduleId ? loaders.byId(Schedule).load(scheduleId) : null;
}
