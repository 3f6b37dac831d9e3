import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { Priority } from '../aeo-question/prioritise.ts';
import type {
  QuestionCategory,
  QuestionProviderName,
  QuestionType,
} from '../aeo-question/question-category.ts';

const schema = defineEntity({
  name: 'AeoQuestion',
  tableName: 'aeo_questions',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    auditId: p.uuid(),
    /** In the order in which they are asked, from 1. */
    place: p.integer(),
    text: p.text(),
    category: p.text().$type<QuestionCategory>(),
    type: p.text().$type<QuestionType>(),
    provider: p.text().$type<QuestionProviderName>(),
    /** The brand that it names, where it names one. */
    targetBrandId: p.uuid().strictNullable(),
    /** 0 to 1; the higher is asked first. */
    priority: p.decimal('number').precision(7).scale(6),
    /** What the priority is the weighted sum of. */
    factors: p.json<Priority['factors']>(),
  },
});

/** A question of one audit. */
export class AeoQuestion extends schema.class {}
schema.setClass(AeoQuestion);
