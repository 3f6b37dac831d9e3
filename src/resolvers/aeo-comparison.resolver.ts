import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import type { AeoSetUp } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import { type AuditComparison, compareAudits } from '../domain/aeo-results/compare-audits.ts';
import type { TrendPoint } from '../domain/aeo-results/find-trends.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { AeoAuditComparisonType, AeoTrendPointType } from '../schema/aeo-comparison.type.ts';
import { AeoQuestionType } from '../schema/aeo-question.type.ts';
import { AeoSetUpType } from '../schema/aeo-set-up.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { loadAll } from './load-all.ts';

@Resolver(() => AeoAuditComparisonType)
export class AeoComparisonResolver {
  @Query(() => AeoAuditComparisonType, {
    description: 'Two audits of one set-up side by side: what became of each brand.',
  })
  @Requires('CLIENT')
  async compareAeoAudits(
    @Arg('beforeId', () => ID, { description: 'The first audit.' }) beforeId: string,
    @Arg('afterId', () => ID, { description: 'The second audit.' }) afterId: string,
    @Ctx() context: GraphContext,
  ): Promise<AuditComparison> {
    const before = fromGlobalId('AeoAudit', beforeId, 'beforeId');
    const after = fromGlobalId('AeoAudit', afterId, 'afterId');
    return compareAudits(await context.em(), before, after);
  }

  @FieldResolver(() => [AeoQuestionType], {
    description:
      "Questions of the second audit, answered in both, whose answers mention the client's own brand by now and did not before.",
  })
  gained(
    @Root() { gainedIds }: AuditComparison,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoQuestion[]> {
    return loadAll(loaders.byId(AeoQuestion), gainedIds);
  }

  @FieldResolver(() => [AeoQuestionType], {
    description: 'The same of those that mentioned it, and do no more.',
  })
  lost(
    @Root() { lostIds }: AuditComparison,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoQuestion[]> {
    return loadAll(loaders.byId(AeoQuestion), lostIds);
  }
}

@Resolver(() => AeoSetUpType)
export class AeoTrendResolver {
  @FieldResolver(() => [AeoTrendPointType], {
    description: 'Its latest audits that ended with answers, from the oldest to the newest.',
  })
  trend(
    @Root() { id }: AeoSetUp,
    @Arg('first', () => Int, { defaultValue: 12, description: 'How many, 1 to 100.' })
    first: number,
    @Ctx() { loaders }: GraphContext,
  ): Promise<TrendPoint[]> {
    return loaders.trendOfSetUp(id, { first });
  }
}
