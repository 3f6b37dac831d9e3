import { type RawQueryFragment, raw } from '@mikro-orm/core';
import type { AnswerStatus } from '../aeo-audit/aeo-answer.entity.ts';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import type { QuestionCategory, QuestionType } from '../aeo-question/question-category.ts';
import { storableText } from '../storable-text.ts';
import type { SentimentLabel } from './sentiment-label.ts';

/** Which answers are wanted; what is null or left out does not limit. */
export interface AnswerFilter {
  questionId?: string | null;
  platform?: AnswerPlatformName | null;
  category?: QuestionCategory | null;
  type?: QuestionType | null;
  status?: AnswerStatus | null;
  errorCode?: string | null;
  isEmpty?: boolean | null;
  /** The brand that the next three are about: the client's own where it is left out. */
  brandId?: string | null;
  isMentioned?: boolean | null;
  isCited?: boolean | null;
  sentiment?: SentimentLabel | null;
  /** A registrable domain that is cited. */
  domain?: string | null;
}

/** The client's own brand, as it was when the audit of an answer `a` began. */
const ownBrand = `(select (b->>'id')::uuid from aeo_audits u, jsonb_array_elements(u.profile->'brands') b
  where u.id = a.audit_id and (b->>'isOwn')::boolean)`;

/** SQL that holds for wanted answers `a` to questions `q`. */
export function whereAnswer(filter: AnswerFilter): RawQueryFragment {
  const conditions: [sql: string, ...values: unknown[]][] = [];
  const equal = (sql: string, value: unknown) => {
    if (value != null) conditions.push([`${sql} = ?`, value]);
  };
  equal('a.question_id', filter.questionId);
  equal('a.platform', filter.platform);
  equal('q.category', filter.category);
  equal('q.type', filter.type);
  equal('a.status', filter.status);
  equal('a.error_code', filter.errorCode && storableText(filter.errorCode));
  equal('a.is_empty', filter.isEmpty);
  if (filter.domain != null) {
    const cited = `select from aeo_citations c where c.answer_id = a.id and c.domain = ?`;
    conditions.push([`exists (${cited})`, storableText(filter.domain.toLowerCase())]);
  }
  const brand: unknown[] = filter.brandId == null ? [] : [filter.brandId];
  const found = (condition: string) =>
    `exists (select from aeo_findings f where f.answer_id = a.id
       and f.brand_id = ${filter.brandId == null ? ownBrand : '?'} and ${condition})`;
  const { isMentioned, isCited, sentiment } = filter;
  if (isMentioned != null) conditions.push(given(isMentioned, found('f.mention_count > 0'), brand));
  if (isCited != null) conditions.push(given(isCited, found('f.citation_count > 0'), brand));
  if (sentiment != null) {
    conditions.push([found('f.sentiment_label = ?'), ...brand, sentiment]);
  } else if (filter.brandId != null && isMentioned == null && isCited == null) {
    conditions.push([found('true'), ...brand]);
  }
  const sql = ['true', ...conditions.map(([condition]) => condition)].join(' and ');
  return raw(sql, conditions.flatMap(([, ...values]) => values) as never[]);
}

/** An answer that is not there neither mentions nor leaves out. */
function given(is: boolean, sql: string, values: unknown[]): [string, ...unknown[]] {
  return [`a.status = 'ANSWERED' and ${is ? '' : 'not '}${sql}`, ...values];
}
