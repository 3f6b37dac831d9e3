import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { changeMembership } from '../domain/identity/change-membership.ts';
import { listMemberships } from '../domain/identity/list-members.ts';
import { resetMemberPassword } from '../domain/identity/mail-password-reset.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { removeMembership } from '../domain/identity/remove-membership.ts';
import { User } from '../domain/identity/user.entity.ts';
import type { Page } from '../domain/paging.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import {
  ChangeMembershipInput,
  MembershipConnection,
  MembershipPayload,
  MembershipType,
  RemoveMembershipPayload,
} from '../schema/membership.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { mutateAndMail } from './mutate-and-mail.ts';

const membershipId = { description: 'The membership.' };

@Resolver(() => MembershipType)
export class MembershipResolver {
  @Query(() => MembershipConnection, {
    description: "The organization's members, the newest first.",
  })
  @Requires('ADMIN')
  async memberships(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Membership>> {
    return listMemberships(await context.em(), page);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Their email.' })
  async email(
    @Root() { userId }: Membership,
    @Ctx() { loaders, services }: GraphContext,
  ): Promise<string | null> {
    const user = await loaders.byId(User).load(userId);
    return user && services.cipher.decrypt(user.emailCiphertext);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What they are called; null for who was never asked.',
  })
  async name(
    @Root() { userId }: Membership,
    @Ctx() { loaders, services }: GraphContext,
  ): Promise<string | null> {
    const user = await loaders.byId(User).load(userId);
    return user?.nameCiphertext ? services.cipher.decrypt(user.nameCiphertext) : null;
  }

  @FieldResolver(() => [ClientType], {
    nullable: true,
    description: 'The clients that a CLIENT sees; null for the other roles.',
  })
  clients(
    @Root() { clientIds }: Membership,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client[] | null> {
    return loaders.clientsOf(clientIds);
  }

  @Mutation(() => MembershipPayload, {
    description:
      "Change a member's role, or the clients that a CLIENT sees, at once. An administrator or an owner is changed by an owner, or by themselves; the last owner stays one.",
  })
  @Requires('ADMIN')
  changeMembership(
    @Arg('input', () => ChangeMembershipInput, { description: 'What is left out stays as it is.' })
    { id, ...input }: ChangeMembershipInput,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    const clientIds = input.clientIds?.map((each) => fromGlobalId('Client', each, 'clientIds'));
    const changes = { ...input, clientIds: clientIds ?? null };
    return context.mutate(async (em, actor) => ({
      membership: await changeMembership(em, actor, fromGlobalId('Membership', id, 'id'), changes),
    }));
  }

  @Mutation(() => RemoveMembershipPayload, {
    description:
      'Take a member out of the organization, at once. An administrator or an owner is removed by an owner, or by themselves; the last owner stays. A second time changes nothing.',
  })
  @Requires('ADMIN')
  removeMembership(
    @Arg('id', () => ID, membershipId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<RemoveMembershipPayload> {
    return context.mutate(async (em, actor) => {
      await removeMembership(em, actor, fromGlobalId('Membership', id, 'id'));
      return { removedId: id };
    });
  }

  @Mutation(() => MembershipPayload, {
    description:
      'Mail a member a link by which they choose a new password, within an hour and once; until then the old one stays. For an administrator or an owner, only an owner may.',
  })
  @Requires('ADMIN')
  resetMemberPassword(
    @Arg('id', () => ID, membershipId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    const { cipher } = context.services;
    const wanted = fromGlobalId('Membership', id, 'id');
    return mutateAndMail(context, async (em, actor, postbox) => ({
      membership: await resetMemberPassword(em, actor, cipher, postbox, wanted),
    }));
  }
}
