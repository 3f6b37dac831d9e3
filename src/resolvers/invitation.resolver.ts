import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import {
  type Invitation,
  type InvitationStatus,
  statusOf,
} from '../domain/identity/invitation.entity.ts';
import { inviteUser } from '../domain/identity/invite-user.ts';
import { listInvitations } from '../domain/identity/list-members.ts';
import { resendInvitation } from '../domain/identity/resend-invitation.ts';
import { revokeInvitation } from '../domain/identity/revoke-invitation.ts';
import { Mail, type MailStatus } from '../domain/mail/mail.entity.ts';
import type { Page } from '../domain/paging.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { InvitationStatusEnum, MailStatusEnum } from '../schema/identity-enums.ts';
import {
  InvitationConnection,
  InvitationPayload,
  InvitationType,
  InviteUserInput,
} from '../schema/invitation.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { mutateAndMail } from './mutate-and-mail.ts';

const invitationId = { description: 'The invitation.' };

@Resolver(() => InvitationType)
export class InvitationResolver {
  @Query(() => InvitationConnection, {
    description: "The organization's invitations, also those that ended, the newest first.",
  })
  @Requires('ADMIN')
  async invitations(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Invitation>> {
    return listInvitations(await context.em(), page);
  }

  @FieldResolver(() => String, { description: 'The email that is invited.' })
  email(@Root() { emailCiphertext }: Invitation, @Ctx() { services }: GraphContext): string {
    return services.cipher.decrypt(emailCiphertext);
  }

  @FieldResolver(() => InvitationStatusEnum, { description: 'What has become of it.' })
  async status(
    @Root() invitation: Invitation,
    @Ctx() { loaders }: GraphContext,
  ): Promise<InvitationStatus> {
    return statusOf(invitation, await loaders.now());
  }

  @FieldResolver(() => MailStatusEnum, { description: 'What has become of its latest mail.' })
  async mailStatus(
    @Root() { mailId }: Invitation,
    @Ctx() { loaders }: GraphContext,
  ): Promise<MailStatus> {
    return (await loaders.byId(Mail).load(mailId))?.status ?? 'QUEUED';
  }

  @FieldResolver(() => [ClientType], {
    nullable: true,
    description: 'The clients that a CLIENT will see; null for the other roles.',
  })
  clients(
    @Root() { clientIds }: Invitation,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client[] | null> {
    return loaders.clientsOf(clientIds);
  }

  @Mutation(() => InvitationPayload, {
    description:
      'Mail somebody a link by which they join the organization, within 7 days and once.',
  })
  @Requires('ADMIN')
  inviteUser(
    @Arg('input', () => InviteUserInput, { description: 'Who, and as what.' })
    input: InviteUserInput,
    @Ctx() context: GraphContext,
  ): Promise<InvitationPayload> {
    const { cipher } = context.services;
    const clientIds = input.clientIds?.map((id) => fromGlobalId('Client', id, 'clientIds')) ?? null;
    return mutateAndMail(context, async (em, actor, postbox) => ({
      invitation: await inviteUser(em, actor, cipher, postbox, { ...input, clientIds }),
    }));
  }

  @Mutation(() => InvitationPayload, {
    description: 'Mail a new link of an invitation; the one before is void.',
  })
  @Requires('ADMIN')
  resendInvitation(
    @Arg('id', () => ID, invitationId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<InvitationPayload> {
    const { cipher } = context.services;
    const wanted = fromGlobalId('Invitation', id, 'id');
    return mutateAndMail(context, async (em, actor, postbox) => ({
      invitation: await resendInvitation(em, actor, cipher, postbox, wanted),
    }));
  }

  @Mutation(() => InvitationPayload, {
    description: "Make an invitation's link void. A second time changes nothing.",
  })
  @Requires('ADMIN')
  revokeInvitation(
    @Arg('id', () => ID, invitationId) id: string,
    @Ctx() context: GraphContext,
  ): Promise<InvitationPayload> {
    return context.mutate(async (em, actor) => ({
      invitation: await revokeInvitation(em, actor, fromGlobalId('Invitation', id, 'id')),
    }));
  }
}
