import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand } from '../domain/brand/brand.entity.ts';
import { AeoCitationType, AeoFindingType } from '../schema/aeo-answer.type.ts';
import { AeoBrandChangeType } from '../schema/aeo-comparison.type.ts';
import { AeoGapCompetitorType, AeoSourceType } from '../schema/aeo-insights.type.ts';
import { AeoBrandResultType } from '../schema/aeo-results.type.ts';
import { BrandType } from '../schema/brand-profile.type.ts';
import type { GraphContext } from './context.ts';

const about = 'The brand, as it is by now.';
const owner = 'Whose it is; null where it is of no brand that is looked for.';

const types = [
  ...[AeoBrandResultType, AeoBrandChangeType, AeoFindingType, AeoGapCompetitorType].map(
    (type) => [type, about] as const,
  ),
  ...[AeoSourceType, AeoCitationType].map((type) => [type, owner] as const),
];

/** For what is about a brand, the resolver of that. */
export const aeoBrandResolvers = types.map(([objectType, description]) => {
  @Resolver(() => objectType)
  class AeoBrandResolver {
    @FieldResolver(() => BrandType, { nullable: true, description })
    brand(
      @Root() { brandId }: { brandId: string | null },
      @Ctx() { loaders }: GraphContext,
    ): Promise<Brand | null> | null {
      return brandId ? loaders.byId(Brand).load(brandId) : null;
    }
  }
  return AeoBrandResolver;
});
