import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { AeoAnswer } from '../domain/aeo-audit/aeo-answer.entity.ts';
import type { AeoAudit } from '../domain/aeo-audit/aeo-audit.entity.ts';
import type { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import type { Gap } from '../domain/aeo-results/find-gaps.ts';
import type { CitedSource } from '../domain/aeo-results/find-sources.ts';
import type { PlatformStatistics } from '../domain/aeo-results/measure-platforms.ts';
import type { AuditResults } from '../domain/aeo-results/measure-results.ts';
import type { Recommendation } from '../domain/aeo-results/recommendation.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Page } from '../domain/paging.ts';
import { AeoAnswerArgs, AeoAnswerConnection } from '../schema/aeo-answer.type.ts';
import { AeoAuditType } from '../schema/aeo-audit.type.ts';
import {
  AeoGapType,
  AeoPlatformStatisticsType,
  AeoRecommendationType,
  AeoSourceType,
} from '../schema/aeo-insights.type.ts';
import { AeoQuestionConnection } from '../schema/aeo-question.type.ts';
import { AeoResultsArgs, AeoResultsType } from '../schema/aeo-results.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

/** What an audit found. */
@Resolver(() => AeoAuditType)
export class AeoResultsResolver {
  @FieldResolver(() => AeoResultsType, {
    description:
      'What its answers say of brands so far: every figure is of answers that `answers` lists. Those of all answers stay where answers are no longer kept; `answersRemovedAt` tells of the others.',
  })
  results(
    @Root() { id }: AeoAudit,
    @Args(() => AeoResultsArgs) { platforms = null, categories = null }: AeoResultsArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AuditResults> {
    return loaders.resultsOfAudit(id, { platforms, categories });
  }

  @FieldResolver(() => AeoQuestionConnection, {
    description: 'Its questions, in the order in which they are asked.',
  })
  questions(
    @Root() { id }: AeoAudit,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<AeoQuestion>> {
    return loaders.questionsOfAudit(id, page);
  }

  @FieldResolver(() => AeoAnswerConnection, {
    description: 'Its answers, in the order of their questions, those that are missing included.',
  })
  answers(
    @Root() { id }: AeoAudit,
    @Args(() => AeoAnswerArgs) { filter, ...page }: AeoAnswerArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Page<AeoAnswer>> {
    const { questionId, brandId, ...rest } = filter ?? {};
    const ids = {
      questionId: questionId == null ? null : fromGlobalId('AeoQuestion', questionId, 'questionId'),
      brandId: brandId == null ? null : fromGlobalId('Brand', brandId, 'brandId'),
    };
    return loaders.answersOfAudit(id, { filter: { ...rest, ...ids }, page });
  }

  @FieldResolver(() => [AeoGapType], {
    description:
      "Questions whose answers mention competitors, and never the client's own brand; the worst first.",
  })
  gaps(@Root() { id }: AeoAudit, @Ctx() { loaders }: GraphContext): Promise<Gap[]> {
    return loaders.gapsOfAudit(id, {});
  }

  @FieldResolver(() => [AeoSourceType], {
    description: 'Registrable domains that answers cite; those in the most answers first.',
  })
  sources(
    @Root() { id }: AeoAudit,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 1,000.' })
    first: number,
    @Ctx() { loaders }: GraphContext,
  ): Promise<CitedSource[]> {
    return loaders.sourcesOfAudit(id, { first });
  }

  @FieldResolver(() => [AeoRecommendationType], {
    description:
      'What to look after, by fixed rules (docs/aeo-results.md); what concerns the most answers first. None where no rule applies.',
  })
  recommendations(
    @Root() { id }: AeoAudit,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Recommendation[]> {
    return loaders.recommendationsOfAudit(id, {});
  }

  @FieldResolver(() => [AeoPlatformStatisticsType], { description: 'What asking took.' })
  @Requires('ANALYST')
  platformStatistics(
    @Root() { id }: AeoAudit,
    @Ctx() { loaders }: GraphContext,
  ): Promise<PlatformStatistics[]> {
    return loaders.platformsOfAudit(id, {});
  }
}
