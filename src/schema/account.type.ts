import { Field, InputType, ObjectType } from 'type-graphql';
import type { InvitationOffer } from '../domain/identity/offer-of.ts';
import { RoleEnum } from './identity-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('InvitationOffer', { description: 'What an invitation offers to who has its link.' })
export class InvitationOfferType implements InvitationOffer {
  @Field(() => String, { description: 'The organization to join.' })
  organizationName!: string;

  @Field(() => String, { description: 'The email that was invited.' })
  email!: string;

  @Field(() => RoleEnum, { description: 'What they may do once they have joined.' })
  role!: keyof typeof RoleEnum;

  @Field(() => DateTimeScalar, { description: 'Until when the link works.' })
  expiresAt!: Date;

  @Field(() => Boolean, {
    description: 'Whether the email has an account already: then no name or password is chosen.',
  })
  hasAccount!: boolean;
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: 'What follows `token=` in the mailed link.' })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What they are called; left out by who has an account.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A password of 12 to 256 characters that is hard to guess; left out by who has an account.',
  })
  password?: string | null;
}

@ObjectType({ description: 'An invitation that was accepted: sign in now.' })
export class AcceptInvitationPayload {
  @Field(() => String, { description: 'The email to sign in with.' })
  email!: string;
}

@InputType()
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'Email, in any case.' })
  email!: string;
}

@ObjectType({
  description: 'The same whether or not there is such a user: the mail alone tells.',
})
export class RequestPasswordResetPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  accepted!: boolean;
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: 'What follows `token=` in the mailed link.' })
  token!: string;

  @Field(() => String, {
    description: 'The new password, of 12 to 256 characters and hard to guess.',
  })
  password!: string;
}

@ObjectType({ description: 'A password that was set. All sessions have ended: sign in now.' })
export class ResetPasswordPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  changed!: boolean;
}
