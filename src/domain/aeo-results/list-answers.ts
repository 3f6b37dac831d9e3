import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoAnswer } from '../aeo-audit/aeo-answer.entity.ts';
import { arrayLiteral } from '../array-literal.ts';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import { type AnswerFilter, whereAnswer } from './answer-filter.ts';

/** Which answers of an audit are wanted, and which page of them. */
export interface AnswerRequest {
  filter: AnswerFilter;
  page: PageRequest;
}

interface Row {
  audit_id: string;
  platform: string;
  repetition: number;
  place: number;
}

/** All but what they say, which is read where it is asked for. */
const columns = `a.id, a.organization_id, a.client_id, a.audit_id, a.question_id, a.platform, a.repetition, a.status,
  a.cost, a.failures, a.refusals, a.error_code, a.error_message, a.model, a.finish_reason, a.request_id, a.latency_ms,
  a.input_tokens, a.output_tokens, a.searches, a.is_empty, a.ended_at`;

/**
 * Answers of audits, in the order of their questions, a page for each audit in one statement.
 *
 * @returns a page by audit id.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listAnswers(
  em: EntityManager,
  auditIds: readonly string[],
  { filter, page: request }: AnswerRequest,
): Promise<Map<string, Page<AeoAnswer>>> {
  const page = readPage(request, byQuestion);
  const rows = await em.execute<Row[]>(
    `select x.* from unnest(?::uuid[]) u (id) cross join lateral (
       select ${columns}, q.place
       from aeo_answers a join aeo_questions q on q.id = a.question_id
       where a.audit_id = u.id and ? and ?
       order by ${page.orderBy} limit ?
     ) x`,
    [arrayLiteral(auditIds), whereAnswer(filter), page.between, page.limit],
  );
  const byAudit = Map.groupBy(rows, (row) => row.audit_id);
  return new Map(
    auditIds.map((id) => {
      const own = byAudit.get(id) ?? [];
      return [id, page.toPage(own, ({ place, ...row }) => em.map(AeoAnswer, row as never))];
    }),
  );
}

const byQuestion: Ordering<Row> = {
  name: 'aeoAnswers',
  isDescending: false,
  keys: [
    { sql: 'q.place', type: 'integer', valueOf: ({ place }) => String(place) },
    { sql: 'a.platform', type: 'text', valueOf: ({ platform }) => platform },
    { sql: 'a.repetition', type: 'integer', valueOf: ({ repetition }) => String(repetition) },
  ],
};
