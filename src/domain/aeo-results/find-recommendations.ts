import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { findGaps } from './find-gaps.ts';
import { findSources } from './find-sources.ts';
import { allAnswers, measureResults } from './measure-results.ts';
import { namedAnswers, searchingPlatforms } from './named-answers.ts';
import { recommend } from './recommend.ts';
import type { Recommendation, WeakAnswer } from './recommendation.ts';

/** Sites that are looked at. */
const mostSources = 200;

/** What to look after by the answers of audits, by their ids, in a fixed number of statements. */
export async function findRecommendations(
  em: EntityManager,
  auditIds: readonly string[],
): Promise<Map<string, Recommendation[]>> {
  const results = await measureResults(em, auditIds, allAnswers);
  const gaps = await findGaps(em, auditIds);
  const sources = await findSources(em, auditIds, { first: mostSources });
  const weak = await findWeakAnswers(em, auditIds);
  const found = new Map<string, Recommendation[]>();
  for (const [id, measured] of results) {
    const own = measured.brands.find(({ isOwn }) => isOwn);
    const rest = { gaps: gaps.get(id) ?? [], sources: sources.get(id) ?? [] };
    const ofAudit = weak.get(id) ?? [];
    found.set(id, own ? recommend({ results: measured, own, ...rest, weak: ofAudit }) : []);
  }
  return found;
}

/** In the order of their questions. */
async function findWeakAnswers(
  em: EntityManager,
  auditIds: readonly string[],
): Promise<Map<string, WeakAnswer[]>> {
  const audits = arrayLiteral(auditIds);
  const rows = await em.execute<(WeakAnswer & { auditId: string })[]>(
    `with ${namedAnswers}, ${searchingPlatforms}
     select n.id, n.audit_id as "auditId", n.platform, not n.names_own as "isAbsent",
       coalesce(n.own_sentiment = 'NEGATIVE', false) as "isNegative",
       coalesce(n.own_position > n.best_position, false) as "isOutranked",
       n.cites_others and not n.cites_own and n.platform = any (s.platforms) as "isUncited"
     from named n
     join searching s on s.audit_id = n.audit_id
     join aeo_questions q on q.id = n.question_id
     order by q.place, n.platform, n.id`,
    [audits, audits, audits, audits],
  );
  return Map.groupBy(rows, ({ auditId }) => auditId);
}
