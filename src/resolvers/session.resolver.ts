import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { requirePerson, requireRole } from '../domain/identity/viewer.ts';
import type { Page } from '../domain/paging.ts';
import { endSession, endSessions } from '../domain/session/end-sessions.ts';
import { listSessions } from '../domain/session/list-sessions.ts';
import { ownerOfSessions } from '../domain/session/owner-of-sessions.ts';
import type { Session } from '../domain/session/session.entity.ts';
import {
  RefreshInput,
  RevokeSessionsInput,
  RevokeSessionsPayload,
  SessionConnection,
  SessionPayload,
  SessionsArgs,
  SessionType,
  SignInInput,
  SignInPayload,
  SignInWithTicketInput,
} from '../schema/session.type.ts';
import { Requires, RequiresPerson } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { TakesCredentials } from './limits/takes-credentials.ts';

@Resolver(() => SessionType)
export class SessionResolver {
  @TakesCredentials()
  @Mutation(() => SignInPayload, { description: 'Trade an email and a password for tokens.' })
  signIn(
    @Arg('input', () => SignInInput, { description: 'Who, and the proof.' }) input: SignInInput,
    @Ctx() context: GraphContext,
  ): Promise<SignInPayload> {
    const credentials = inOrganization(input);
    return context.signIn(({ signIn }, origin) => signIn(credentials, origin));
  }

  @TakesCredentials()
  @Mutation(() => SignInPayload, {
    description:
      'Trade what `/auth/google` ended in for tokens, within a minute: for whom the provider vouches, and who has an account by that email.',
  })
  signInWithTicket(
    @Arg('input', () => SignInWithTicketInput, { description: 'The proof.' })
    input: SignInWithTicketInput,
    @Ctx() context: GraphContext,
  ): Promise<SignInPayload> {
    const credentials = inOrganization(input);
    return context.signIn(({ signInWithTicket }, origin) => signInWithTicket(credentials, origin));
  }

  @TakesCredentials()
  @Mutation(() => SignInPayload, {
    description:
      'Trade a refresh token for the next pair of tokens. One that was traded before ends its session: somebody else has it.',
  })
  refresh(
    @Arg('input', () => RefreshInput, { description: 'The proof.' }) input: RefreshInput,
    @Ctx() context: GraphContext,
  ): Promise<SignInPayload> {
    return context.signIn(({ refresh }, origin) => refresh(input.refreshToken, origin));
  }

  @Mutation(() => SessionPayload, { description: 'End the session that asks, at once.' })
  @RequiresPerson()
  signOut(@Ctx() context: GraphContext): Promise<SessionPayload> {
    return context.mutate(async (em, actor) => ({
      session: await endSession(em, actor, found(actor.session, 'session').id, 'SIGNED_OUT'),
    }));
  }

  @Query(() => SessionConnection, {
    description: "One's own sessions or, for an admin, those of others; the newest first.",
  })
  @RequiresPerson()
  async sessions(
    @Args(() => SessionsArgs) { membershipId, everybody, ...args }: SessionsArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Session>> {
    const viewer = requirePerson(await context.viewer());
    const em = await context.em();
    if (everybody) requireRole(viewer, 'ADMIN');
    const userId = everybody ? null : await ownerOfSessions(em, viewer, readId(membershipId));
    return listSessions(em, { userId, ...args }, args);
  }

  @FieldResolver()
  async isCurrent(@Root() { id }: Session, @Ctx() context: GraphContext): Promise<boolean> {
    return (await context.viewer()).session?.id === id;
  }

  @FieldResolver()
  async membership(
    @Root() { userId }: Session,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Membership | null> {
    const [membership] = await loaders.membershipsOfUser.load(userId);
    return membership ?? null;
  }

  @Mutation(() => SessionPayload, {
    description: "End a session, one's own or, for an admin, anybody's. Again changes nothing.",
  })
  @RequiresPerson()
  revokeSession(
    @Arg('id', () => ID, { description: 'The session.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<SessionPayload> {
    return context.mutate(async (em, actor) => ({
      session: await endSession(em, actor, fromGlobalId('Session', id, 'id'), 'REVOKED'),
    }));
  }

  @Mutation(() => RevokeSessionsPayload, {
    description: "End all sessions of a member: one's own or, for an admin, anybody's.",
  })
  @RequiresPerson()
  revokeAllSessions(
    @Arg('input', () => RevokeSessionsInput, { description: 'Which.' }) input: RevokeSessionsInput,
    @Ctx() context: GraphContext,
  ): Promise<RevokeSessionsPayload> {
    return context.mutate(async (em, actor) => {
      const userId = await ownerOfSessions(em, requirePerson(actor), readId(input.membershipId));
      const exceptId = input.keepsCurrent ? (actor.session?.id ?? null) : null;
      return { sessions: await endSessions(em, actor, { userId, exceptId }, 'REVOKED') };
    });
  }

  @Mutation(() => RevokeSessionsPayload, {
    description: "End all of the organization's sessions, the one that asks too.",
  })
  @Requires('ADMIN')
  revokeOrganizationSessions(@Ctx() context: GraphContext): Promise<RevokeSessionsPayload> {
    return context.mutate(async (em, actor) => ({
      sessions: await endSessions(em, actor, { userId: null }, 'REVOKED'),
    }));
  }
}

/** With the organization's own id, where one is named. */
function inOrganization<T extends { organizationId?: string | null }>(input: T): T {
  const { organizationId: id } = input;
  return id
    ? { ...input, organizationId: fromGlobalId('Organization', id, 'organizationId') }
    : input;
}

function readId(membershipId: string | null | undefined): string | null {
  return membershipId == null ? null : fromGlobalId('Membership', membershipId, 'membershipId');
}
