import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Credentials, TicketCredentials } from '../domain/identity/sign-in.ts';
import type { Session } from '../domain/session/session.entity.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { SessionEndingEnum } from './identity-enums.ts';
import { MembershipType } from './membership.type.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

@InputType()
export class SignInInput implements Credentials {
  @Field(() => String, { description: 'Email, in any case.' })
  email!: string;

  @Field(() => String, { description: 'Password.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the authenticator app, or a recovery code: where an error on the field `code` asks for it.',
  })
  code?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization to act in, of those they are a member of; left out, the first.',
  })
  organizationId?: string | null;
}

@InputType()
export class SignInWithTicketInput implements TicketCredentials {
  @Field(() => String, { description: 'What follows `#ticket=` in the address.' })
  ticket!: string;

  @Field(() => String, { description: 'The secret whose SHA-256 was the challenge.' })
  secret!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the authenticator app, or a recovery code, as for `signIn`.',
  })
  code?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization to act in, of those they are a member of; left out, the first.',
  })
  organizationId?: string | null;
}

@ObjectType({ description: 'A way in.' })
export class SignInPayload {
  @Field(() => String, { description: 'Access token: send it as `Authorization: Bearer ...`.' })
  token!: string;

  @Field(() => DateTimeScalar, {
    description: 'When the access token ends: refresh it before, to stay in.',
  })
  expiresAt!: Date;

  @Field(() => String, {
    description: 'Trades by `refresh` for the next pair of tokens, once. Keep it secret.',
  })
  refreshToken!: string;

  @Field(() => DateTimeScalar, { description: 'When the session ends, unless it is refreshed.' })
  refreshExpiresAt!: Date;
}

@InputType()
export class RefreshInput {
  @Field(() => String, { description: 'The refresh token that came last.' })
  refreshToken!: string;
}

type Fields = Pick<
  Session,
  ('userAgent' | 'ip' | 'createdAt' | 'lastUsedAt' | 'expiresAt') | ('endedAt' | 'ending')
>;

@ObjectType('Session', {
  implements: NodeType,
  description: 'A person who signed in on one device.',
})
export class SessionType extends NodeType implements Fields {
  @Field(() => String, { nullable: true, description: 'What the device says that it is.' })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: 'Address that it was last refreshed from.' })
  ip!: string | null;

  @Field(() => DateTimeScalar, { description: 'When they signed in.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    description: 'When it was last used, give or take the life of an access token.',
  })
  lastUsedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends, unless it is refreshed.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was ended, if it was.' })
  endedAt!: Date | null;

  @Field(() => SessionEndingEnum, { nullable: true, description: 'Why it was ended, if it was.' })
  ending!: Session['ending'];

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent!: boolean;

  @Field(() => MembershipType, {
    nullable: true,
    description: 'Whose it is; null for who is a member no more.',
  })
  membership!: MembershipType | null;
}

export const SessionConnection = connectionOf(() => SessionType, 'Session');

@ArgsType()
export class SessionsArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: "The membership whose sessions they are; another's needs the role ADMIN.",
  })
  membershipId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "All of the organization's, which needs the role ADMIN; else one's own.",
  })
  everybody!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Also those that have ended.' })
  includeEnded!: boolean;
}

@ObjectType({ description: 'A session that was ended.' })
export class SessionPayload {
  @Field(() => SessionType, { description: 'The session as it is now.' })
  session!: Session;
}

@InputType()
export class RevokeSessionsInput {
  @Field(() => ID, {
    nullable: true,
    description: "The membership whose sessions they are; left out, one's own.",
  })
  membershipId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'All but the one that asks.' })
  keepsCurrent!: boolean;
}

@ObjectType({ description: 'Sessions that were ended.' })
export class RevokeSessionsPayload {
  @Field(() => Int, { description: 'How many there were.' })
  sessions!: number;
}
