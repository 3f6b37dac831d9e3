import type { EntityManager } from '@mikro-orm/postgresql';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import { arrayLiteral } from '../array-literal.ts';
import { checkSize } from '../paging.ts';
import { namedAnswers } from './named-answers.ts';

/** A registrable domain that answers cite. */
export interface CitedSource {
  auditId: string;
  domain: string;
  /** Citations, and the answers that they are of. */
  citations: number;
  answers: number;
  /** Of those answers, the ones that mention a competitor and not the client's own brand. */
  withoutOwnIds: string[];
  /** Whose domain it is; null where it is of no brand that is looked for. */
  brandId: string | null;
  platforms: AnswerPlatformName[];
}

/**
 * The domains that audits' answers cite most, by the ids of audits; what nobody says the domain of is left out.
 *
 * @throws {DomainError} BAD_USER_INPUT for a number other than 1 to 1,000.
 */
export async function findSources(
  em: EntityManager,
  auditIds: readonly string[],
  { first }: { first: number },
): Promise<Map<string, CitedSource[]>> {
  checkSize({ first });
  const audits = arrayLiteral(auditIds);
  const rows = await em.execute<CitedSource[]>(
    `with ${namedAnswers}, sources as (
       select n.audit_id, c.domain, count(*)::int as citations, count(distinct n.id)::int as answers,
         coalesce(array_agg(distinct n.id) filter (where n.names_others and not n.names_own), '{}') as without_own,
         (array_agg(c.brand_id order by c.brand_id nulls last))[1] as brand_id,
         array_agg(distinct n.platform) as platforms
       from named n join aeo_citations c on c.answer_id = n.id and c.audit_id = any (?::uuid[])
       where c.domain <> '' group by n.audit_id, c.domain
     ), ranked as (
       select *, row_number() over (partition by audit_id order by answers desc, citations desc, domain) as rank
       from sources
     )
     select audit_id as "auditId", domain, citations, answers, without_own as "withoutOwnIds",
       brand_id as "brandId", platforms
     from ranked where rank <= ? order by audit_id, rank`,
    [audits, audits, audits, audits, first],
  );
  const byAudit = Map.groupBy(rows, ({ auditId }) => auditId);
  return new Map(auditIds.map((id) => [id, byAudit.get(id) ?? []]));
}
