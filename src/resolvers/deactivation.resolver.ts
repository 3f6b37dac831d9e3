import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { fromGlobalId } from '../domain/global-id.ts';
import { deactivateUser, reactivateUser } from '../domain/identity/deactivate-user.ts';
import { MembershipPayload } from '../schema/membership.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

const membership = { description: 'Their membership.' };

@Resolver()
export class DeactivationResolver {
  @Mutation(() => MembershipPayload, {
    description:
      'Let a member in no more: their sessions end, their place is kept. An administrator or an owner is deactivated by an owner; the last owner stays. Again changes nothing.',
  })
  @Requires('ADMIN')
  deactivateUser(
    @Arg('id', () => ID, membership) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    return context.mutate(async (em, actor) => ({
      membership: await deactivateUser(em, actor, fromGlobalId('Membership', id, 'id')),
    }));
  }

  @Mutation(() => MembershipPayload, {
    description: 'Let a member in again who was deactivated. Again changes nothing.',
  })
  @Requires('ADMIN')
  reactivateUser(
    @Arg('id', () => ID, membership) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    return context.mutate(async (em, actor) => ({
      membership: await reactivateUser(em, actor, fromGlobalId('Membership', id, 'id')),
    }));
  }
}
