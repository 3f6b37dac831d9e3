import type { AeoAudit } from '../../domain/aeo-audit/aeo-audit.entity.ts';
import { AeoSetUp } from '../../domain/aeo-audit/aeo-set-up.entity.ts';
import { findProposals, keepProposals } from '../../domain/aeo-audit/keep-proposals.ts';
import { providersOf } from '../../domain/aeo-audit/question-providers.ts';
import { aiProvider, type ProposedText } from '../../domain/aeo-question/ai-provider.ts';
import { planQuestions } from '../../domain/aeo-question/plan-questions.ts';
import type { QuestionRequest } from '../../domain/aeo-question/question-provider.ts';
import type { JobContext } from '../define-job.ts';
import { proposeQuestions } from './propose-questions.ts';

/**
 * What a platform proposes for an audit: what the first audit of its set-up took up of it, so that audits can be
 * compared. It is asked where there is none; without an answer there is none either, and the next audit asks again.
 */
export async function settleProposals(
  context: JobContext,
  audit: AeoAudit,
  request: QuestionRequest,
): Promise<{ proposals: readonly ProposedText[]; notes: string[] }> {
  const setUp = await context.read((em) => em.findOneOrFail(AeoSetUp, audit.setUpId));
  const kept = findProposals(setUp, request);
  if (kept) return { proposals: kept, notes: [] };
  const platform = aiProvider((prompt) => proposeQuestions(context, audit, prompt));
  const { questions, notes } = await planQuestions(
    [...providersOf(audit.settings), platform],
    request,
  );
  const accepted = questions
    .filter(({ provider }) => provider === 'AI')
    .map(({ text, category }) => ({ text, category }));
  if (accepted.length === 0) {
    // Why is for the operator: it may be the platform's words.
    context.log.warn({ auditId: audit.id, notes }, 'no proposed question taken up');
  }
  return {
    proposals: await context.write((em) => keepProposals(em, audit, request, accepted)),
    notes: accepted.length === 0 ? ['No question that a platform proposes was taken up.'] : [],
  };
}
