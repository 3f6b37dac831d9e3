import type { AnswerPlatformName } from '../aeo-audit/answer-platform.ts';
import type { BrandResult } from './brand-result.ts';
import type { Gap } from './find-gaps.ts';
import type { CitedSource } from './find-sources.ts';
import type { AuditResults } from './measure-results.ts';

/** What to do about, and what each kind says. */
export const recommendationMeanings = {
  NOT_MENTIONED: 'No answer mentions the brand.',
  GAP: 'To questions of a category, competitors are mentioned and the brand is not.',
  WEAK_PLATFORM: 'A platform mentions the brand less often than the others, beyond chance.',
  CITED_SOURCE: 'A site is cited where competitors are mentioned and the brand is not.',
  OWN_SITE: 'A competitor is cited more often than the brand, beyond chance.',
  SENTIMENT: 'Answers speak badly of the brand.',
  POSITION: 'A competitor stands before the brand.',
} as const;
/** What to do about each. */
export const recommendationActions: Record<keyof typeof recommendationMeanings, string> = {
  NOT_MENTIONED: 'Look at the sites that the answers cite, and be described there.',
  GAP: 'Publish pages that answer these questions, and show the brand beside those competitors.',
  WEAK_PLATFORM: 'Look at the sites that this platform cites, and be described there.',
  CITED_SOURCE: 'Be listed, reviewed or mentioned there.',
  OWN_SITE: 'Answer these questions on your own site, so that there are pages to cite.',
  SENTIMENT: 'Read what the answers blame; mend it, or publish what is true by now.',
  POSITION: 'Read what the answers praise of that brand, and show where yours is as good.',
};
export type RecommendationKind = keyof typeof recommendationMeanings;
export const recommendationKinds = Object.keys(recommendationMeanings) as RecommendationKind[];

/** What to look after, and the answers that it stands on. */
export interface Recommendation {
  kind: RecommendationKind;
  /** Made of figures of the audit. */
  sentence: string;
  /** What to do about it. */
  action: string;
  /** 0 to 1: the share of the audit's answers that it concerns. */
  priority: number;
  /** Answers that it concerns, of those that were given. */
  concerned: number;
  answered: number;
  /** The first of each that it stands on. */
  answerIds: string[];
  questionIds: string[];
  domains: string[];
}

/** An answer that leaves something to wish for, for the brand. */
export interface WeakAnswer {
  id: string;
  platform: AnswerPlatformName;
  isAbsent: boolean;
  isNegative: boolean;
  isOutranked: boolean;
  /** Its platform may search the web, and it cites competitors and not the brand. */
  isUncited: boolean;
}

/** What an audit says, as rules look at it. */
export interface Findings {
  results: AuditResults;
  own: BrandResult;
  gaps: readonly Gap[];
  sources: readonly CitedSource[];
  weak: readonly WeakAnswer[];
}

/** What a rule found; what it concerns are the answers that it names. */
export type Advice = Pick<Recommendation, 'kind' | 'sentence' | 'answerIds'> &
  Partial<Pick<Recommendation, 'questionIds' | 'domains'>>;
