import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RankedQuestion } from '../aeo-question/prioritise.ts';
import type { AeoAudit } from './aeo-audit.entity.ts';
import { AeoQuestion } from './aeo-question.entity.ts';

/**
 * Keep the questions of an audit, in the order in which they are asked, and a pending answer for each time that each
 * platform is asked each of them. Done once: a second time changes nothing.
 *
 * @param costEstimate US dollars; null where a price is not known.
 * @param notes what could not be asked, in words.
 */
export async function keepQuestions(
  em: EntityManager,
  audit: AeoAudit,
  questions: readonly RankedQuestion[],
  { costEstimate, notes }: Pick<AeoAudit, 'costEstimate' | 'notes'>,
): Promise<void> {
  if (audit.questionCount !== null) return;
  const { id: auditId, organizationId, clientId, settings } = audit;
  for (const [index, question] of questions.entries()) {
    const { text, category, type, provider, targetBrandId, priority } = question;
    em.create(AeoQuestion, {
      ...{ id: randomUUID(), organizationId, clientId, auditId, place: index + 1 },
      ...{ text, category, type, provider, targetBrandId },
      ...{ priority: priority.score, factors: [...priority.factors] },
    });
  }
  await em.flush();
  await em.execute(
    `insert into aeo_answers (organization_id, client_id, audit_id, question_id, platform, repetition)
     select q.organization_id, q.client_id, q.audit_id, q.id, p.platform, r.repetition
     from aeo_questions q, unnest(?::text[]) p (platform), generate_series(1, ?::int) r (repetition)
     where q.audit_id = ?`,
    [
      `{${settings.platforms.map(({ platform }) => platform).join(',')}}`,
      settings.repetitions,
      auditId,
    ],
  );
  audit.questionCount = questions.length;
  audit.answerCount = questions.length * settings.platforms.length * settings.repetitions;
  Object.assign(audit, { costEstimate, notes });
  await em.flush();
}
