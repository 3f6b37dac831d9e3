import { Ctx, Query, Resolver } from 'type-graphql';
import { worstOf } from '../domain/health/component.ts';
import { organizationChecks } from '../domain/health/organization-checks.ts';
import { HealthType } from '../schema/health.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class HealthResolver {
  @Query(() => HealthType, {
    description: 'How the installation does, and the work of the organization.',
  })
  @Requires('ADMIN')
  async health(@Ctx() context: GraphContext): Promise<HealthType> {
    const viewer = await context.viewer();
    const { database, health } = context.services;
    const own = organizationChecks((fn) => database.withTenant(viewer, fn));
    const components = await health.check(own);
    return { status: worstOf(components), checkedAt: new Date(), components };
  }
}
