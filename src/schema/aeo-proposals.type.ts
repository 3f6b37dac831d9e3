import { Field, ObjectType } from 'type-graphql';
import type { KeptProposals } from '../domain/aeo-audit/aeo-set-up.entity.ts';
import type { ProposedText } from '../domain/aeo-question/ai-provider.ts';
import type { QuestionCategory } from '../domain/aeo-question/question-category.ts';
import { QuestionCategoryEnum } from './aeo-enums.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('AeoProposal', { description: 'A question that a platform proposed.' })
class AeoProposalType implements ProposedText {
  @Field(() => String, { description: 'The question.' })
  text!: string;

  @Field(() => QuestionCategoryEnum, { description: 'What it is about.' })
  category!: QuestionCategory;
}

@ObjectType('AeoProposals', {
  description: 'What a platform proposed, as far as the audit that asked for it took it up.',
})
export class AeoProposalsType implements Pick<KeptProposals, 'questions' | 'proposedAt'> {
  @Field(() => [AeoProposalType], { description: 'The questions.' })
  questions!: ProposedText[];

  @Field(() => DateTimeScalar, { description: 'When they were proposed.' })
  proposedAt!: string;
}
