import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Organization } from '../domain/identity/organization.entity.ts';
import { requirePerson } from '../domain/identity/viewer.ts';
import { disableSecondFactor } from '../domain/second-factor/disable-second-factor.ts';
import {
  confirmSecondFactor,
  enrolSecondFactor,
  provePassword,
} from '../domain/second-factor/enrol-second-factor.ts';
import { requireSecondFactor } from '../domain/second-factor/require-second-factor.ts';
import { resetSecondFactor } from '../domain/second-factor/reset-second-factor.ts';
import { MembershipPayload } from '../schema/membership.type.ts';
import {
  ConfirmSecondFactorPayload,
  DisableSecondFactorPayload,
  EnrolSecondFactorInput,
  EnrolSecondFactorPayload,
  SecondFactorCodeInput,
} from '../schema/second-factor.type.ts';
import { OrganizationPayload } from '../schema/viewer.type.ts';
import { Requires, RequiresPerson } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { TakesCredentials } from './limits/takes-credentials.ts';
import { noteFailedProof } from './note-failed-proof.ts';

@Resolver()
export class SecondFactorResolver {
  @TakesCredentials()
  @Mutation(() => EnrolSecondFactorPayload, {
    description:
      'Begin to set an authenticator app up. It proves nothing until a code of it is confirmed; beginning again replaces it.',
  })
  @RequiresPerson()
  async enrolSecondFactor(
    @Arg('input', () => EnrolSecondFactorInput, { description: 'The proof.' })
    { password }: EnrolSecondFactorInput,
    @Ctx() context: GraphContext,
  ): Promise<EnrolSecondFactorPayload> {
    const { services } = context;
    const { userId } = requirePerson(await context.viewer());
    await provePassword((fn) => context.readNow(fn), services, userId, password).catch(
      noteFailedProof(context, 'PASSWORD'),
    );
    return context.mutate((em, actor) => enrolSecondFactor(em, requirePerson(actor), services));
  }

  @TakesCredentials()
  @Mutation(() => ConfirmSecondFactorPayload, {
    description: 'Show a code of the app that was set up: from now on, signing in takes one.',
  })
  @RequiresPerson()
  confirmSecondFactor(
    @Arg('input', () => SecondFactorCodeInput, { description: 'The proof.' })
    { code }: SecondFactorCodeInput,
    @Ctx() context: GraphContext,
  ): Promise<ConfirmSecondFactorPayload> {
    return context.mutate(async (em, actor) => ({
      recoveryCodes: await confirmSecondFactor(em, requirePerson(actor), context.services, code),
    }));
  }

  @TakesCredentials()
  @Mutation(() => DisableSecondFactorPayload, {
    description: 'Sign in without a code from now on. It takes one, of the app or a recovery code.',
  })
  @RequiresPerson()
  disableSecondFactor(
    @Arg('input', () => SecondFactorCodeInput, { description: 'The proof.' })
    { code }: SecondFactorCodeInput,
    @Ctx() context: GraphContext,
  ): Promise<DisableSecondFactorPayload> {
    return context
      .mutate(async (em, actor) => ({
        wasEnabled: await disableSecondFactor(em, requirePerson(actor), context.services, code),
      }))
      .catch(noteFailedProof(context, 'CODE'));
  }

  @Mutation(() => MembershipPayload, {
    description:
      "Take the second factor of a member away who lost it; their sessions end. An administrator's or an owner's, an owner. Again changes nothing.",
  })
  @Requires('ADMIN')
  resetSecondFactor(
    @Arg('id', () => ID, { description: 'Their membership.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MembershipPayload> {
    return context.mutate(async (em, actor) => ({
      membership: await resetSecondFactor(em, actor, fromGlobalId('Membership', id, 'id')),
    }));
  }

  @Mutation(() => OrganizationPayload, {
    description:
      'Have everybody in the organization use a second factor, or leave it to them. Who has none sets one up before anything else.',
  })
  @Requires('OWNER')
  requireSecondFactor(
    @Arg('isRequired', () => Boolean, { description: 'Whether it is required.' })
    isRequired: boolean,
    @Ctx() context: GraphContext,
  ): Promise<{ organization: Organization }> {
    return context.mutate(async (em, actor) => ({
      organization: await requireSecondFactor(em, requirePerson(actor), isRequired),
    }));
  }
}
