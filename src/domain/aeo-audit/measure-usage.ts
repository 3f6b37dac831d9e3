import type { EntityManager } from '@mikro-orm/postgresql';
import type { AeoSettings } from './aeo-settings.ts';
import type { AnswerPlatformName } from './answer-platform.ts';
import type { ExpectedUsage } from './estimate-cost.ts';

/**
 * What an answer took on average, in the latest audit of a set-up that ended with answers: of the platforms that were
 * asked then as they are to be asked now, with answers of the same length.
 */
export async function measureUsage(
  em: EntityManager,
  setUpId: string,
  { platforms, maxOutputTokens }: Pick<AeoSettings, 'platforms' | 'maxOutputTokens'>,
): Promise<Map<AnswerPlatformName, ExpectedUsage>> {
  const rows = await em.execute<(ExpectedUsage & { platform: AnswerPlatformName })[]>(
    `select a.platform, avg(a.input_tokens)::float8 as "inputTokens",
       avg(a.output_tokens)::float8 as "outputTokens", avg(a.searches)::float8 as searches
     from aeo_answers a join jsonb_array_elements(?::jsonb) asked on asked->>'platform' = a.platform
     where a.status = 'ANSWERED' and a.audit_id = (
       select id from aeo_audits u
       where u.set_up_id = ? and u.status in ('COMPLETED', 'COMPLETED_WITH_ERRORS')
         and u.answers_removed_at is null and (u.settings->>'maxOutputTokens')::int = ?
       order by u.created_at desc limit 1
     ) and exists (
       select from aeo_audits u where u.id = a.audit_id
         and u.settings->'platforms' @> jsonb_build_array(asked)
     ) group by a.platform`,
    [JSON.stringify(platforms), setUpId, maxOutputTokens],
  );
  return new Map(rows.map(({ platform, ...usage }) => [platform, usage]));
}
