import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { findOrganizations } from '../domain/identity/find-organizations.ts';
import { Organization } from '../domain/identity/organization.entity.ts';
import { updateOrganization } from '../domain/identity/update-organization.ts';
import type { Viewer } from '../domain/identity/viewer.ts';
import {
  OrganizationPayload,
  OrganizationType,
  UpdateOrganizationInput,
  ViewerType,
} from '../schema/viewer.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { permittedOperations } from './permitted-operations.ts';

@Resolver(() => ViewerType)
export class IdentityResolver {
  @Query(() => ViewerType, { description: 'Who asks.' })
  viewer(@Ctx() context: GraphContext): Promise<Viewer> {
    return context.viewer();
  }

  @FieldResolver(() => OrganizationType)
  async organization(@Root() viewer: Viewer, @Ctx() context: GraphContext): Promise<Organization> {
    return (await context.em()).findOneOrFail(Organization, viewer.organizationId);
  }

  @Mutation(() => OrganizationPayload, {
    description: "Change the organization's own settings; what is left out stays.",
  })
  @Requires('OWNER')
  updateOrganization(
    @Arg('input', () => UpdateOrganizationInput, { description: 'What is to change.' })
    input: UpdateOrganizationInput,
    @Ctx() context: GraphContext,
  ): Promise<OrganizationPayload> {
    return context.mutate(async (em, actor) => ({
      organization: await updateOrganization(em, actor, input),
    }));
  }

  @FieldResolver()
  async organizations(
    @Root() { userId }: Viewer,
    @Ctx() context: GraphContext,
  ): Promise<Organization[]> {
    return userId ? findOrganizations(await context.em(), userId) : [];
  }

  @FieldResolver()
  operations(@Root() viewer: Viewer): string[] {
    return permittedOperations(viewer);
  }

  @FieldResolver()
  mustEnrol(@Root() { session }: Viewer): boolean {
    return session?.mustEnrol ?? false;
  }
}
