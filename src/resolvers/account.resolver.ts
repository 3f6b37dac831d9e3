import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { acceptInvitation } from '../domain/identity/accept-invitation.ts';
import { offerOf } from '../domain/identity/offer-of.ts';
import { choosePassword } from '../domain/identity/password.ts';
import { prepareAcceptance } from '../domain/identity/prepare-acceptance.ts';
import { emailOfReset, resetPassword } from '../domain/identity/reset-password.ts';
import { openPostbox } from '../jobs/postbox.ts';
import {
  AcceptInvitationInput,
  AcceptInvitationPayload,
  InvitationOfferType,
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
} from '../schema/account.type.ts';
import type { GraphContext } from './context.ts';
import { TakesCredentials } from './limits/takes-credentials.ts';
import { openLink, requestPasswordReset } from './link-holder.ts';

/** What somebody does who has not signed in, and holds a mailed link or wants one. */
@Resolver()
export class AccountResolver {
  @TakesCredentials()
  @Query(() => InvitationOfferType, {
    description: 'What a mailed invitation offers; needs no sign-in.',
  })
  async invitationOffer(
    @Arg('token', () => String, { description: 'What follows `token=` in the mailed link.' })
    token: string,
    @Ctx() context: GraphContext,
  ): Promise<InvitationOfferType> {
    const { cipher } = context.services;
    const byLink = await openLink(context, 'invitation', token);
    return byLink((em, id) => offerOf(em, cipher, id));
  }

  @TakesCredentials()
  @Mutation(() => AcceptInvitationPayload, {
    description: 'Join an organization by a mailed link, once; needs no sign-in.',
  })
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'The link, and who one is.' })
    { token, ...acceptance }: AcceptInvitationInput,
    @Ctx() context: GraphContext,
  ): Promise<AcceptInvitationPayload> {
    const { origin, services } = context;
    const { cipher } = services;
    const byLink = await openLink(context, 'invitation', token);
    const offer = await byLink((em, id) => offerOf(em, cipher, id));
    const person = await prepareAcceptance(offer, acceptance);
    return byLink(async (em, id) => ({
      email: await acceptInvitation(em, origin, cipher, id, person),
    }));
  }

  @TakesCredentials()
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Have a link mailed that sets a new password, within an hour and once; needs no sign-in.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose password.' })
    { email }: RequestPasswordResetInput,
    @Ctx() context: GraphContext,
  ): Promise<RequestPasswordResetPayload> {
    await requestPasswordReset(context, email);
    return { accepted: true };
  }

  @TakesCredentials()
  @Mutation(() => ResetPasswordPayload, {
    description: 'Set a new password by a mailed link, once; needs no sign-in. Sessions end by it.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The link, and the password.' })
    { token, password }: ResetPasswordInput,
    @Ctx() context: GraphContext,
  ): Promise<ResetPasswordPayload> {
    const { origin, services } = context;
    const { cipher } = services;
    const byLink = await openLink(context, 'password_reset', token);
    const email = await byLink((em, id) => emailOfReset(em, cipher, id));
    const passwordHash = await choosePassword(password, [email]);
    return byLink(async (em, id, outbox) => {
      await resetPassword(em, origin, cipher, openPostbox(cipher, outbox), { id, passwordHash });
      return { changed: true };
    });
  }
}
