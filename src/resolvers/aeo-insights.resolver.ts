import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { AeoAnswer } from '../domain/aeo-audit/aeo-answer.entity.ts';
import { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import type { Gap } from '../domain/aeo-results/find-gaps.ts';
import type { CitedSource } from '../domain/aeo-results/find-sources.ts';
import type { Recommendation } from '../domain/aeo-results/recommendation.ts';
import { AeoAnswerType } from '../schema/aeo-answer.type.ts';
import { AeoGapType, AeoRecommendationType, AeoSourceType } from '../schema/aeo-insights.type.ts';
import { AeoQuestionType } from '../schema/aeo-question.type.ts';
import type { GraphContext } from './context.ts';
import { loadAll } from './load-all.ts';

@Resolver(() => AeoGapType)
export class AeoGapResolver {
  @FieldResolver(() => AeoQuestionType, { nullable: true, description: 'The question.' })
  question(
    @Root() { questionId }: Gap,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoQuestion | null> {
    return loaders.byId(AeoQuestion).load(questionId);
  }

  @FieldResolver(() => Int, { description: 'Those of its answers that mention competitors.' })
  mentioningAnswers(@Root() { answerIds }: Gap): number {
    return answerIds.length;
  }
}

@Resolver(() => AeoSourceType)
export class AeoSourceResolver {
  @FieldResolver(() => Int, {
    description: 'Those of its answers that mention competitors and not the brand.',
  })
  answersWithoutBrand(@Root() { withoutOwnIds }: CitedSource): number {
    return withoutOwnIds.length;
  }
}

@Resolver(() => AeoRecommendationType)
export class AeoRecommendationResolver {
  @FieldResolver(() => [AeoQuestionType], {
    description: 'Questions that it is about, at most 20.',
  })
  questions(
    @Root() { questionIds }: Recommendation,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoQuestion[]> {
    return loadAll(loaders.byId(AeoQuestion), questionIds);
  }

  @FieldResolver(() => [AeoAnswerType], {
    description: 'The first of the answers that it concerns, at most 20.',
  })
  answers(
    @Root() { answerIds }: Recommendation,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoAnswer[]> {
    return loadAll(loaders.byId(AeoAnswer), answerIds);
  }
}
