import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { namedAnswers } from './named-answers.ts';

/** What became of the questions of one audit in another, told by their text. */
export interface QuestionMatch {
  /** Questions that were answered in both, and in one alone. */
  matched: number;
  onlyBefore: number;
  onlyAfter: number;
  /**
   * Questions of the later audit, answered in both, whose answers mention the client's own brand by now and did not
   * before; and those of which none does any more. In the order in which they are asked.
   */
  gainedIds: string[];
  lostIds: string[];
}

interface Row {
  beforeId: string | null;
  afterId: string | null;
  was: boolean;
  is: boolean;
}

export async function matchQuestions(
  em: EntityManager,
  beforeId: string,
  afterId: string,
): Promise<QuestionMatch> {
  const audits = arrayLiteral([beforeId, afterId]);
  const rows = await em.execute<Row[]>(
    `with ${namedAnswers}, asked as (
       select q.audit_id, q.id, q.place, lower(q.text) as text, bool_or(n.names_own) as names_own
       from named n join aeo_questions q on q.id = n.question_id
       group by q.id
     )
     select b.id as "beforeId", a.id as "afterId", b.names_own as was, a.names_own as is
     from (select * from asked where audit_id = ?) b
     full join (select * from asked where audit_id = ?) a on a.text = b.text
     order by a.place`,
    [audits, audits, audits, beforeId, afterId],
  );
  const both = rows.filter((row) => row.beforeId !== null && row.afterId !== null);
  const idsOf = (wanted: Row[]) => wanted.map((row) => row.afterId as string);
  return {
    matched: both.length,
    onlyBefore: rows.filter((row) => row.afterId === null).length,
    onlyAfter: rows.filter((row) => row.beforeId === null).length,
    gainedIds: idsOf(both.filter(({ was, is }) => is && !was)),
    lostIds: idsOf(both.filter(({ was, is }) => was && !is)),
  };
}
