import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProposedText } from '../aeo-question/ai-provider.ts';
import type { QuestionRequest } from '../aeo-question/question-provider.ts';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { readProfile } from '../brand/read-profile.ts';
import { databaseNow } from '../database-clock.ts';
import { found } from '../errors.ts';
import type { AeoAudit } from './aeo-audit.entity.ts';
import { AeoSetUp, type KeptProposals } from './aeo-set-up.entity.ts';
import { requestOf } from './question-providers.ts';

/** What was proposed for a set-up before. @returns null where nothing was, or for another brand, other categories or counts. */
export function findProposals(
  { proposals }: Pick<AeoSetUp, 'proposals'>,
  request: QuestionRequest,
): ProposedText[] | null {
  return proposals?.madeFor === digestOf(request) ? proposals.questions : null;
}

/**
 * Keep what a platform proposed for the later audits of a set-up, unless there is nothing, another audit was first, or
 * the set-up asks for something else by now.
 *
 * @returns what the audit is to ask: what was kept first.
 */
export async function keepProposals(
  em: EntityManager,
  { setUpId }: Pick<AeoAudit, 'setUpId'>,
  request: QuestionRequest,
  questions: ProposedText[],
): Promise<ProposedText[]> {
  if (questions.length === 0) return questions;
  // Audits of one set-up take turns.
  await em.execute('select from aeo_set_ups where id = ? for no key update', [setUpId]);
  const setUp = await em.findOneOrFail(AeoSetUp, setUpId, { refresh: true });
  const kept = findProposals(setUp, request);
  if (kept) return kept;
  const madeFor = digestOf(request);
  const wanted = requestOf(setUp.settings, await readProfile(em, setUp.clientId));
  if (digestOf(wanted) !== madeFor) return questions;
  const proposedAt = (await databaseNow(em)).toISOString();
  // By itself: this is no change of the set-up by somebody.
  await em.execute('update aeo_set_ups set proposals = ?::jsonb where id = ?', [
    JSON.stringify({ madeFor, questions, proposedAt } satisfies KeptProposals),
    setUpId,
  ]);
  return questions;
}

/** Note what a platform's answer cost that was to propose questions for an audit: US dollars, beside what it cost before. */
export async function noteProposalCost(
  em: EntityManager,
  auditId: string,
  cost: string,
): Promise<void> {
  await em.execute(
    'update aeo_audits set proposal_cost = coalesce(proposal_cost, 0) + ? where id = ?',
    [cost, auditId],
  );
}

/** Have the next audit of a set-up ask for other proposals. Again changes nothing. @throws {DomainError} NOT_FOUND. */
export async function forgetProposals(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<AeoSetUp> {
  await em.execute('select from aeo_set_ups where id = ? for no key update', [id]);
  const setUp = found(await em.findOne(AeoSetUp, { id, removedAt: null }), 'set-up');
  if (!setUp.proposals) return setUp;
  const before = { proposals: setUp.proposals.questions };
  setUp.proposals = null;
  const entity = { entityType: 'AeoSetUp', entityId: id };
  recordChange(em, actor, { action: 'FORGET_PROPOSALS', ...entity, before, after: null });
  await em.flush();
  return setUp;
}

/** Of what proposals depend on: names, and not by what else brands are known. */
function digestOf({ profile, categories, limits }: QuestionRequest): string {
  const { brand, competitors, industry, products, locale } = profile;
  const { minPerCategory, maxPerCategory, maxQuestions } = limits;
  const names = [brand, ...competitors].map(({ name }) => name);
  const about = [names, industry, products, locale, categories];
  const text = JSON.stringify([about, minPerCategory, maxPerCategory, maxQuestions]);
  return createHash('sha256').update(text).digest('hex');
}
