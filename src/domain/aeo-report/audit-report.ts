import type { AnswerStatus } from '../aeo-audit/aeo-answer.entity.ts';
import type { AeoAudit } from '../aeo-audit/aeo-audit.entity.ts';
import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import type { QuestionCategory, QuestionType } from '../aeo-question/question-category.ts';
import type { Gap } from '../aeo-results/find-gaps.ts';
import type { CitedSource } from '../aeo-results/find-sources.ts';
import type { PlatformStatistics } from '../aeo-results/measure-platforms.ts';
import type { AuditResults } from '../aeo-results/measure-results.ts';
import type { AnswerCitation, AnswerFinding } from '../aeo-results/read-findings.ts';
import type { Recommendation } from '../aeo-results/recommendation.ts';
import type { Client } from '../client/client.entity.ts';

/** What a report of an audit can be. */
export const reportFormats = ['PDF', 'XLSX', 'JSON', 'CSV'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** An answer as reports tell it, with its question; one that is missing says why. */
export interface ReportedAnswer {
  id: string;
  questionId: string;
  question: string;
  category: QuestionCategory;
  type: QuestionType;
  platform: AnswerPlatformName;
  repetition: number;
  status: AnswerStatus;
  errorCode: string | null;
  errorMessage: string | null;
  /** As the platform names what answered. */
  model: string | null;
  finishReason: string | null;
  /** Whether it says that it knows nothing. */
  isEmpty: boolean | null;
  latencyMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  searches: number | null;
  /** US dollars. */
  cost: string | null;
  /** ISO 8601. */
  endedAt: string | null;
  /** Null where there is none, or it was not asked for. */
  text: string | null;
  findings: AnswerFinding[];
  citations: AnswerCitation[];
}

/** All that an audit found, as the graph tells it, at one instant. */
export interface AuditReport {
  audit: AeoAudit;
  client: Client;
  /** Of its set-up. */
  name: string;
  results: AuditResults;
  platforms: PlatformStatistics[];
  gaps: Gap[];
  recommendations: Recommendation[];
  sources: CitedSource[];
  answers: ReportedAnswer[];
  madeAt: Date;
}
