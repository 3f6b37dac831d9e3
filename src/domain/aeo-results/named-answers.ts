/**
 * SQL of what the answers that were given say of the client's own brand and of the others; its parameter, twice, is the
 * list of audits.
 */
export const namedAnswers = `own_brands as (
    select u.id as audit_id, (b->>'id')::uuid as brand_id
    from aeo_audits u, jsonb_array_elements(u.profile->'brands') b
    where u.id = any (?::uuid[]) and (b->>'isOwn')::boolean
  ), named as (
    select a.id, a.audit_id, a.question_id, a.platform,
      coalesce(bool_or(f.brand_id = o.brand_id and f.mention_count > 0), false) as names_own,
      coalesce(bool_or(f.brand_id <> o.brand_id and f.mention_count > 0), false) as names_others,
      coalesce(bool_or(f.brand_id = o.brand_id and f.citation_count > 0), false) as cites_own,
      coalesce(bool_or(f.brand_id <> o.brand_id and f.citation_count > 0), false) as cites_others,
      min(f.position) filter (where f.brand_id = o.brand_id) as own_position,
      min(f.position) filter (where f.brand_id <> o.brand_id) as best_position,
      min(f.sentiment_label) filter (where f.brand_id = o.brand_id) as own_sentiment
    from aeo_answers a
    join own_brands o on o.audit_id = a.audit_id
    left join aeo_findings f on f.answer_id = a.id
    where a.audit_id = any (?::uuid[]) and a.status = 'ANSWERED'
    group by a.id
  )`;

/** SQL of whether an audit let a platform search the web. @param audit its row. @param platform SQL of the platform. */
export function maySearch(audit: string, platform: string): string {
  const searching = `jsonb_build_object('platform', ${platform}, 'webSearch', true)`;
  return `${audit}.settings->'platforms' @> jsonb_build_array(${searching})`;
}
