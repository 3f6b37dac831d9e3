import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Organization } from '../domain/identity/organization.entity.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import { OrganizationType, SignInInput, SignInPayload, ViewerType } from '../schema/viewer.type.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ViewerType)
export class IdentityResolver {
  @Mutation(() => SignInPayload, { description: 'Trade an email and a password for a token.' })
  signIn(
    @Arg('input', () => SignInInput, { description: 'Who, and the proof.' }) input: SignInInput,
    @Ctx() context: GraphContext,
  ): Promise<SignInPayload> {
    return context.signIn(input.email, input.password);
  }

  @Query(() => ViewerType, { description: 'Who asks.' })
  viewer(@Ctx() context: GraphContext): Promise<Viewer> {
    return context.viewer();
  }

  @FieldResolver(() => OrganizationType)
  async organization(@Root() viewer: Viewer, @Ctx() context: GraphContext): Promise<Organization> {
    return (await context.em()).findOneOrFail(Organization, viewer.organizationId);
  }
}
