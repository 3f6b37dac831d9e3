import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AeoQuestion } from '../domain/aeo-audit/aeo-question.entity.ts';
import { factorMeanings } from '../domain/aeo-question/prioritise.ts';
import type {
  QuestionCategory,
  QuestionProviderName,
  QuestionType,
} from '../domain/aeo-question/question-category.ts';
import { QuestionCategoryEnum, QuestionProviderEnum, QuestionTypeEnum } from './aeo-enums.ts';
import { connectionOf } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { NodeType } from './node.ts';

type PriorityFactorName = keyof typeof factorMeanings;

const PriorityFactorEnum = enumOf(
  Object.keys(factorMeanings) as PriorityFactorName[],
  'PriorityFactorName',
  "What a question's priority is made of.",
  factorMeanings,
);

@ObjectType('PriorityFactor', {
  description: "A part of a question's priority: it contributes weight x value.",
})
class PriorityFactorType {
  @Field(() => PriorityFactorEnum, { description: 'What it looks at.' })
  name!: PriorityFactorName;

  @Field(() => Float, { description: 'Of all parts together 1.' })
  weight!: number;

  @Field(() => Float, { description: '0 to 1.' })
  value!: number;
}

type Fields = Pick<
  AeoQuestion,
  'place' | 'text' | 'category' | 'type' | 'provider' | 'priority' | 'factors'
>;

@ObjectType('AeoQuestion', { implements: NodeType, description: 'A question of one audit.' })
export class AeoQuestionType extends NodeType implements Fields {
  @Field(() => Int, { description: 'In the order in which they are asked, from 1.' })
  place!: number;

  @Field(() => String, { description: 'As it is asked.' })
  text!: string;

  @Field(() => QuestionCategoryEnum, { description: 'What it is about.' })
  category!: QuestionCategory;

  @Field(() => QuestionTypeEnum, { description: 'Whom it names.' })
  type!: QuestionType;

  @Field(() => QuestionProviderEnum, { description: 'Where it comes from.' })
  provider!: QuestionProviderName;

  @Field(() => Float, { description: '0 to 1: the sum of what its factors contribute.' })
  priority!: number;

  @Field(() => [PriorityFactorType], { description: 'What the priority is made of.' })
  factors!: AeoQuestion['factors'];
}

export const AeoQuestionConnection = connectionOf(() => AeoQuestionType, 'AeoQuestion');
