import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AeoAnswer } from '../domain/aeo-audit/aeo-answer.entity.ts';
import { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import type { AnswerCitation, AnswerFinding } from '../domain/aeo-results/read-findings.ts';
import {
  type ShownContext,
  type ShownMention,
  showContexts,
  showMentions,
} from '../domain/aeo-results/show-finding.ts';
import { Brand } from '../domain/brand/brand.entity.ts';
import {
  AeoAnswerType,
  AeoCitationType,
  AeoContextType,
  AeoFindingType,
  AeoMentionType,
} from '../schema/aeo-answer.type.ts';
import { AeoQuestionType } from '../schema/aeo-question.type.ts';
import { BrandType } from '../schema/brand-profile.type.ts';
import { DecimalScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => AeoAnswerType)
export class AeoAnswerResolver {
  @FieldResolver(() => AeoQuestionType, { nullable: true, description: 'What is asked.' })
  question(
    @Root() { questionId }: AeoAnswer,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AeoQuestion | null> {
    return loaders.byId(AeoQuestion).load(questionId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What it says, in Markdown; null where it is not there.',
  })
  text(@Root() { id }: AeoAnswer, @Ctx() { loaders }: GraphContext): Promise<string | null> {
    return loaders.textOfAnswer(id, {});
  }

  @FieldResolver(() => [AeoFindingType], {
    description: "The brands that it mentions or cites: the client's own first, then by name.",
  })
  findings(@Root() { id }: AeoAnswer, @Ctx() { loaders }: GraphContext): Promise<AnswerFinding[]> {
    return loaders.findingsOfAnswer(id, {});
  }

  @FieldResolver(() => [AeoCitationType], { description: 'The pages that it refers to.' })
  citations(
    @Root() { id }: AeoAnswer,
    @Ctx() { loaders }: GraphContext,
  ): Promise<AnswerCitation[]> {
    return loaders.citationsOfAnswer(id, {});
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'US dollars that it cost; null where no price is known.',
  })
  @Requires('ANALYST')
  cost(@Root() { cost }: AeoAnswer): string | null {
    return cost;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The platform's own id of it, for its support.",
  })
  @Requires('ANALYST')
  requestId(@Root() { requestId }: AeoAnswer): string | null {
    return requestId;
  }
}

@Resolver(() => AeoFindingType)
export class AeoFindingResolver {
  @FieldResolver(() => [AeoMentionType], {
    description: 'Where it is named, in the order of the text.',
  })
  async mentions(
    @Root() finding: AnswerFinding,
    @Ctx() { loaders }: GraphContext,
  ): Promise<ShownMention[]> {
    return showMentions((await loaders.textOfAnswer(finding.answerId, {})) ?? '', finding);
  }

  @FieldResolver(() => [AeoContextType], {
    description: 'The first sentences that name it, at most 3; of long ones what is around it.',
  })
  async contexts(
    @Root() finding: AnswerFinding,
    @Ctx() { loaders, services }: GraphContext,
  ): Promise<ShownContext[]> {
    const text = (await loaders.textOfAnswer(finding.answerId, {})) ?? '';
    return showContexts(text, finding, services.auditPolicy.maxContexts);
  }
}

@Resolver(() => AeoQuestionType)
export class AeoQuestionResolver {
  @FieldResolver(() => BrandType, {
    nullable: true,
    description: 'The brand that it asks after, where it names one.',
  })
  targetBrand(
    @Root() { targetBrandId }: AeoQuestion,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Brand | null> | null {
    return targetBrandId ? loaders.byId(Brand).load(targetBrandId) : null;
  }
}
