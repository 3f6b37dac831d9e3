import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { found } from '../domain/errors.ts';
import { deactivateUser, reactivateUser } from '../domain/identity/deactivate-user.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { User } from '../domain/identity/user.entity.ts';
import { fromGlobalId } from '../schema/global-id.ts';
import { MembershipPayload, MembershipType } from '../schema/membership.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => MembershipType)
export class MembershipResolver {
  @FieldResolver()
  async email(@Root() { userId }: Membership, @Ctx() context: GraphContext): Promise<string> {
    const user = found(await context.loaders.byId(User).load(userId), 'user');
    return context.services.secondFactors.cipher.decrypt(user.emailCiphertext);
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Let a member in no more: their sessions end, their place is kept. Again changes nothing.',
  })
  @Requires('ADMIN')
  deactivateUser(
    @Arg('id', () => ID, { description: 'Their membership.' }) id: string,
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
    @Arg('id', () => ID, { description: 'Their membership.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    return context.mutate(async (em, actor) => ({
      membership: await reactivateUser(em, actor, fromGlobalId('Membership', id, 'id')),
    }));
  }
}
