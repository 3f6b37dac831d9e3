import { performance } from 'node:perf_hooks';
import type { AeoAudit } from '../../domain/aeo-audit/aeo-audit.entity.ts';
import { holdAudit } from '../../domain/aeo-audit/begin-audit.ts';
import { estimateAudit } from '../../domain/aeo-audit/estimate-audit.ts';
import { keepQuestions } from '../../domain/aeo-audit/keep-questions.ts';
import { measureUsage } from '../../domain/aeo-audit/measure-usage.ts';
import { notesOfPlan } from '../../domain/aeo-audit/notes-of-plan.ts';
import { providersOf, requestOf } from '../../domain/aeo-audit/question-providers.ts';
import { planQuestions } from '../../domain/aeo-question/plan-questions.ts';
import { today } from '../../domain/calendar.ts';
import type { JobContext } from '../define-job.ts';
import { settleProposals } from './settle-proposals.ts';

/** Choose the questions of an audit and keep them, with what asking them is likely to cost. */
export async function writeQuestions(context: JobContext, audit: AeoAudit): Promise<void> {
  const { settings, profile } = audit;
  context.report({ stage: 'GENERATING_QUESTIONS', done: 0, total: null });
  const startedAt = performance.now();
  const request = requestOf(settings, profile);
  const { proposals, notes } = settings.proposeQuestions
    ? await settleProposals(context, audit, request)
    : { proposals: [], notes: [] };
  const plan = await planQuestions(providersOf(settings, proposals), request);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { questions } = plan;
  const measured = await context.read((em) => measureUsage(em, audit.setUpId, settings));
  const { cost: costEstimate } = estimateAudit(settings, questions.length, today('UTC'), measured);
  const told = { costEstimate, notes: [...notes, ...notesOfPlan(plan)] };
  await context.write(async (em) => {
    const held = await holdAudit(em, audit.id);
    if (held) await keepQuestions(em, held, questions, told);
  });
  context.observer.audits.questionsWritten(seconds);
}
