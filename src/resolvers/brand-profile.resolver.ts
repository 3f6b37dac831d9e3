import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Brand } from '../domain/brand/brand.entity.ts';
import { BrandProfile } from '../domain/brand/brand-profile.entity.ts';
import { listBrands } from '../domain/brand/read-profile.ts';
import { setBrandProfile } from '../domain/brand/set-brand-profile.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import {
  BrandProfilePayload,
  BrandProfileType,
  BrandType,
  SetBrandProfileInput,
} from '../schema/brand-profile.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => BrandProfileType)
export class BrandProfileResolver {
  @Query(() => BrandProfileType, {
    nullable: true,
    description: "What a client's brand is, and who competes with it; null until it is set.",
  })
  @Requires('CLIENT')
  async brandProfile(
    @Arg('clientId', () => ID, { description: 'The client.' }) clientId: string,
    @Ctx() context: GraphContext,
  ): Promise<BrandProfile | null> {
    const id = fromGlobalId('Client', clientId, 'clientId');
    return (await context.em()).findOne(BrandProfile, id);
  }

  @FieldResolver(() => [BrandType], { description: "The client's own first, then by name." })
  async brands(@Root() { clientId }: BrandProfile, @Ctx() context: GraphContext): Promise<Brand[]> {
    return listBrands(await context.em(), clientId);
  }

  @Mutation(() => BrandProfilePayload, {
    description:
      "Say what a client's brand is, and who competes with it. Brands that keep their name stay the same brand.",
  })
  @Requires('ANALYST')
  setBrandProfile(
    @Arg('input', () => SetBrandProfileInput, { description: 'The whole profile.' })
    { clientId, industry = null, ...input }: SetBrandProfileInput,
    @Ctx() context: GraphContext,
  ): Promise<BrandProfilePayload> {
    const wanted = { ...input, industry, clientId: fromGlobalId('Client', clientId, 'clientId') };
    return context.mutate(async (em, actor) => ({
      brandProfile: await setBrandProfile(em, actor, wanted),
    }));
  }
}
