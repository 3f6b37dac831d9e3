import { type AuditStage, auditStages } from './aeo-audit.entity.ts';

/** What share of an audit each stage is. Source: seed 003, 9.1. */
const weights: Record<AuditStage, number> = {
  INITIALIZING: 0.05,
  GENERATING_QUESTIONS: 0.15,
  PROCESSING_QUESTIONS: 0.7,
  DETECTING_BRANDS: 0.08,
  FINALIZING: 0.02,
};

/**
 * How far an audit is as a whole.
 *
 * @param stageProgress of its stage, 0 to 1.
 * @returns 0 to 1, to 6 decimals.
 */
export function progressOf(stage: AuditStage, stageProgress: number): number {
  const before = auditStages.slice(0, auditStages.indexOf(stage));
  const done = before.reduce((sum, each) => sum + weights[each], weights[stage] * stageProgress);
  return Math.round(done * 1e6) / 1e6;
}
