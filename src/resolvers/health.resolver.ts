import { Ctx, Query, Resolver } from 'type-graphql';
import { worstOf } from '../domain/health/component.ts';
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
    const { components, checkedAt } = await context.health();
    return { status: worstOf(components), checkedAt, components };
  }
}
