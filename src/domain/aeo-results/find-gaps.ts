import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import type { QuestionCategory } from '../aeo-question/question-category.ts';
import { arrayLiteral } from '../array-literal.ts';
import { namedAnswers } from './named-answers.ts';

/** A competitor that answers to a question mention. */
export interface GapCompetitor {
  brandId: string;
  /** Answers that mention it, and how often they do together. */
  answers: number;
  mentions: number;
}

/** A question whose answers mention competitors, and never the client's own brand. */
export interface Gap {
  auditId: string;
  questionId: string;
  category: QuestionCategory;
  /** Answers that were given, and those of them that mention competitors. */
  answers: number;
  answerIds: string[];
  /** Those on which competitors are mentioned. */
  platforms: AnswerPlatformName[];
  /** Who is in most answers first. */
  competitors: GapCompetitor[];
  /** 0 to 1: the question's priority x the share of its answers that mention competitors. */
  severity: number;
}

/** Gaps of audits, by their ids: the worst first. */
export async function findGaps(
  em: EntityManager,
  auditIds: readonly string[],
): Promise<Map<string, Gap[]>> {
  const audits = arrayLiteral(auditIds);
  const rows = await em.execute<Gap[]>(
    `with ${namedAnswers}, gaps as (
       select audit_id, question_id, count(*)::int as answers,
         array_agg(id order by id) filter (where names_others) as answer_ids,
         array_agg(distinct platform) filter (where names_others) as platforms
       from named group by audit_id, question_id having bool_or(names_others) and not bool_or(names_own)
     )
     select g.audit_id as "auditId", g.question_id as "questionId", q.category, g.answers,
       g.answer_ids as "answerIds", g.platforms,
       (q.priority * cardinality(g.answer_ids) / g.answers)::float8 as severity, (
         select json_agg(c order by c.answers desc, c.mentions desc, c."brandId") from (
           select f.brand_id as "brandId", count(*) as answers, sum(f.mention_count) as mentions
           from aeo_findings f
           where f.answer_id = any (g.answer_ids) and f.mention_count > 0 group by f.brand_id
         ) c
       ) as competitors
     from gaps g join aeo_questions q on q.id = g.question_id
     order by severity desc, q.place`,
    [audits, audits, audits],
  );
  const byAudit = Map.groupBy(rows, ({ auditId }) => auditId);
  return new Map(auditIds.map((id) => [id, byAudit.get(id) ?? []]));
}
