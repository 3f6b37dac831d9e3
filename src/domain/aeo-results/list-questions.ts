import type { EntityManager } from '@mikro-orm/postgresql';
import { AeoQuestion } from '../aeo-audit/aeo-question.entity.ts';
import { arrayLiteral } from '../array-literal.ts';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';

interface Row {
  audit_id: string;
  place: number;
}

/**
 * Questions of audits, in the order in which they are asked, a page for each audit in one statement.
 *
 * @returns a page by audit id.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listQuestions(
  em: EntityManager,
  auditIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, Page<AeoQuestion>>> {
  const page = readPage(request, byPlace);
  const rows = await em.execute<Row[]>(
    `select x.* from unnest(?::uuid[]) u (id) cross join lateral (
       select * from aeo_questions where audit_id = u.id and ? order by ${page.orderBy} limit ?
     ) x`,
    [arrayLiteral(auditIds), page.between, page.limit],
  );
  const byAudit = Map.groupBy(rows, (row) => row.audit_id);
  return new Map(
    auditIds.map((id) => [
      id,
      page.toPage(byAudit.get(id) ?? [], (row) => em.map(AeoQuestion, row as never)),
    ]),
  );
}

const byPlace: Ordering<Row> = {
  name: 'aeoQuestions',
  isDescending: false,
  keys: [{ sql: 'place', type: 'integer', valueOf: ({ place }) => String(place) }],
};
