import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { cancelErasure } from '../domain/data-protection/cancel-erasure.ts';
import {
  type Erasure,
  type ErasureStatus,
  statusOf,
} from '../domain/data-protection/erasure.entity.ts';
import { listErasures } from '../domain/data-protection/list-erasures.ts';
import {
  requestClientErasure,
  requestUserErasure,
} from '../domain/data-protection/request-erasure.ts';
import { setErasureWait } from '../domain/data-protection/set-erasure-wait.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import type { Organization } from '../domain/identity/organization.entity.ts';
import type { Page } from '../domain/paging.ts';
import { openPostbox } from '../jobs/postbox.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { ErasureStatusEnum } from '../schema/data-protection-enums.ts';
import {
  ErasedRows,
  ErasureConnection,
  ErasurePayload,
  ErasureType,
} from '../schema/erasure.type.ts';
import { MembershipType } from '../schema/membership.type.ts';
import { OrganizationPayload } from '../schema/viewer.type.ts';
import { actUponOneself } from './act-upon-oneself.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ErasureType)
export class ErasureResolver {
  @Query(() => ErasureConnection, {
    description:
      "The organization's erasures for an administrator, for others those of themselves; the newest first.",
  })
  @Requires('CLIENT')
  async erasures(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Erasure>> {
    return listErasures(await context.em(), await context.viewer(), page);
  }

  @FieldResolver(() => ErasureStatusEnum, { description: 'What has become of it.' })
  status(@Root() erasure: Erasure): ErasureStatus {
    return statusOf(erasure);
  }

  @FieldResolver(() => [ErasedRows], { description: 'What was erased so far, by table.' })
  erased(@Root() { counts }: Erasure): ErasedRows[] {
    return Object.entries(counts).map(([table, rows]) => ({ table, rows }));
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description: 'The client; null where it is a person, and once it is gone.',
  })
  client(
    @Root() { subject, subjectId }: Erasure,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> | null {
    return subject === 'CLIENT' ? loaders.client.load(subjectId) : null;
  }

  @FieldResolver(() => MembershipType, {
    nullable: true,
    description: "The person's place; null where it is a client, and once they are gone.",
  })
  async membership(
    @Root() { subject, subjectId }: Erasure,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Membership | null> {
    if (subject === 'CLIENT') return null;
    const [membership] = await loaders.membershipsOfUser.load(subjectId);
    return membership ?? null;
  }

  @Mutation(() => ErasurePayload, {
    description:
      'Have a client erased for good, with all that it has, once the waiting period is over. Until then it is disabled, and nothing is lost.',
  })
  @Requires('OWNER')
  requestClientErasure(
    @Arg('clientId', () => ID, { description: 'The client.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ErasurePayload> {
    const { cipher } = context.services;
    const clientId = fromGlobalId('Client', id, 'clientId');
    return context.mutate(async (em, actor, outbox) => ({
      erasure: await requestClientErasure(em, actor, openPostbox(cipher, outbox), clientId),
    }));
  }

  @Mutation(() => ErasurePayload, {
    description:
      'Have a person erased for good once the waiting period is over: oneself, in all organizations; or, for an owner, a member, in this one. Their account goes with their last place. The last owner stays.',
  })
  @Requires('CLIENT')
  requestUserErasure(
    @Arg('membershipId', () => ID, { nullable: true, description: 'Whom; left out, oneself.' })
    id: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ErasurePayload> {
    const { cipher } = context.services;
    const membershipId = id == null ? null : fromGlobalId('Membership', id, 'membershipId');
    return actUponOneself(context, async (em, actor, outbox) => ({
      erasure: await requestUserErasure(
        em,
        actor,
        { ...cipher, ...openPostbox(cipher, outbox) },
        membershipId,
      ),
    }));
  }

  @Mutation(() => ErasurePayload, {
    description:
      'Cancel an erasure that has not begun; a client gets back the status that it had. For owners, and who asked for it. Again changes nothing.',
  })
  @Requires('CLIENT')
  cancelErasure(
    @Arg('id', () => ID, { description: 'The erasure.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ErasurePayload> {
    const erasureId = fromGlobalId('Erasure', id, 'id');
    return actUponOneself(context, async (em, actor) => ({
      erasure: await cancelErasure(em, actor, erasureId),
    }));
  }

  @Mutation(() => OrganizationPayload, {
    description: 'Set for how many days erasures from now on can be cancelled.',
  })
  @Requires('OWNER')
  setErasureWait(
    @Arg('days', () => Int, { description: '1 to 90.' }) days: number,
    @Ctx() context: GraphContext,
  ): Promise<{ organization: Organization }> {
    return context.mutate(async (em, actor) => ({
      organization: await setErasureWait(em, actor, days),
    }));
  }
}
