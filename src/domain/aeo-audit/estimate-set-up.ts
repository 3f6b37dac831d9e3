import type { EntityManager } from '@mikro-orm/postgresql';
import { planQuestions } from '../aeo-question/plan-questions.ts';
import { readProfile } from '../brand/read-profile.ts';
import { today } from '../calendar.ts';
import { found } from '../errors.ts';
import { AeoSetUp } from './aeo-set-up.entity.ts';
import type { AeoSettings } from './aeo-settings.ts';
import { estimateAudit } from './estimate-audit.ts';
import type { CostEstimate } from './estimate-cost.ts';
import { findAnswerCredentials } from './find-answer-credentials.ts';
import { findProposals } from './keep-proposals.ts';
import { measureUsage } from './measure-usage.ts';
import { notesOfPlan } from './notes-of-plan.ts';
import { providersOf, requestOf } from './question-providers.ts';

/** What an audit is likely to take, and what it could not ask. */
export interface AuditEstimate extends CostEstimate {
  questions: number;
  notes: readonly string[];
}

/**
 * What an audit of a set-up would take now, from its questions and the prices of today; those that a platform is
 * yet to propose are not among them.
 *
 * @throws {DomainError} NOT_FOUND; CONFLICT: no brand profile.
 */
export async function estimateSetUp(em: EntityManager, id: string): Promise<AuditEstimate> {
  const setUp = found(await em.findOne(AeoSetUp, { id, removedAt: null }), 'set-up');
  const { clientId, settings } = setUp;
  const request = requestOf(settings, await readProfile(em, clientId));
  const kept = settings.proposeQuestions ? findProposals(setUp, request) : null;
  const plan = await planQuestions(providersOf(settings, kept ?? []), request);
  const questions = plan.questions.length;
  const measured = await measureUsage(em, id, settings);
  return {
    ...estimateAudit(settings, questions, today('UTC'), measured),
    questions,
    notes: [...notesOfPlan(plan), ...(await notesOfKeys(em, clientId, settings))],
  };
}

/** Whose questions would fail for want of a key. */
async function notesOfKeys(
  em: EntityManager,
  clientId: string,
  { platforms }: AeoSettings,
): Promise<string[]> {
  const names = platforms.map(({ platform }) => platform);
  const credentials = await findAnswerCredentials(em, clientId, names);
  return names.flatMap((name) => {
    const credential = credentials.get(name);
    if (!credential) return `There is no key to ${name}: it would answer nothing.`;
    if (credential.status !== 'REFUSED') return [];
    return `The key to ${name} is refused: it would answer nothing until that is replaced.`;
  });
}
