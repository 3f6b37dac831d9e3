/**
 * SQL of what the answers that were given say of the client's own brand and of the others; its parameter, three times, is
 * the list of audits: each table is told it, or it would be read as a whole.
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
    left join aeo_findings f on f.answer_id = a.id and f.audit_id = any (?::uuid[])
    where a.audit_id = any (?::uuid[]) and a.status = 'ANSWERED'
    group by a.id
  )`;

/** SQL of the platforms that audits let search the web, once for each audit; its parameter is the list of audits. */
export const searchingPlatforms = `searching as materialized (
    select u.id as audit_id, array(
      select p->>'platform' from jsonb_array_elements(u.settings->'platforms') p where (p->>'webSearch')::boolean
    ) as platforms
    from aeo_audits u where u.id = any (?::uuid[])
  )`;
