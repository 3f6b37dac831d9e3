import type { EntityManager } from '@mikro-orm/postgresql';
import { measurePlatforms } from './measure-platforms.ts';
import { allAnswers, measureResults } from './measure-results.ts';

/** SQL of audits `u` whose answers have been kept for long enough. Parameter: for how many days they are. */
const outdated = `u.answers_removed_at is null and u.finished_at < now() - make_interval(days => ?)
  and u.status not in ('PENDING', 'RUNNING', 'PAUSED')`;

/** How many audits have answers that the next night would remove. */
export async function countOutdatedAudits(em: EntityManager, days: number): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from aeo_audits u where ${outdated}`,
    [days],
  );
  return row?.count ?? 0;
}

/**
 * Remove questions and answers of the audit that ended first of those whose answers have been kept for long enough,
 * with what was found in them. The audit stays, with its results as figures.
 *
 * @returns how many audits; 0 once there are none.
 */
export async function removeAnswers(em: EntityManager, days: number): Promise<number> {
  const [audit] = await em.execute<{ id: string }[]>(
    `select u.id from aeo_audits u where ${outdated} order by u.finished_at limit 1
     for no key update skip locked`,
    [days],
  );
  if (!audit) return 0;
  await keepResults(em, audit.id);
  // Answers go with their questions, and findings and citations with their answers.
  await em.execute('delete from aeo_questions where audit_id = ?', [audit.id]);
  return 1;
}

/** Keep what was found in answers as figures: they are what the audit tells from now on. */
async function keepResults(em: EntityManager, id: string): Promise<void> {
  const results = (await measureResults(em, [id], allAnswers)).get(id);
  const platforms = (await measurePlatforms(em, [id])).get(id);
  await em.execute(
    `update aeo_audits set answers_removed_at = now(), kept_results = ?::jsonb || jsonb_build_object('spent',
       (select (coalesce(sum(cost), 0) + coalesce(aeo_audits.proposal_cost, 0))::text from aeo_answers
        where audit_id = ?)) where id = ?`,
    [JSON.stringify({ results, platforms }), id, id],
  );
}
