import { finishReasons } from '../domain/aeo-audit/answer-platform.ts';
import {
  recommendationKinds,
  recommendationMeanings,
} from '../domain/aeo-results/recommendation.ts';
import { sentimentLabels } from '../domain/aeo-results/sentiment-label.ts';
import type { NameKind } from '../domain/brand-detection/find-names.ts';
import { enumOf } from './enum-of.ts';

export const FinishReasonEnum = enumOf(finishReasons, 'FinishReason', 'Why an answer ends.', {
  COMPLETE: 'It is whole.',
  LENGTH: 'It ran into a limit.',
  REFUSED: 'The model would not answer.',
  FILTERED: 'The platform cut it off.',
});

export const SentimentLabelEnum = enumOf(
  sentimentLabels,
  'SentimentLabel',
  'How an answer speaks of a brand.',
  {
    POSITIVE: 'It praises it.',
    NEUTRAL: 'It neither praises nor blames it.',
    NEGATIVE: 'It blames it.',
    MIXED: 'It does both, neither of them by the way.',
    UNGRADED: 'Nobody can say: its language is not graded.',
  },
);

const mentionKinds: readonly NameKind[] = ['NAME', 'ALIAS', 'DOMAIN', 'FUZZY'];

export const MentionKindEnum = enumOf(mentionKinds, 'MentionKind', 'By what a brand is named.', {
  NAME: 'Its name.',
  ALIAS: 'What else it is called.',
  DOMAIN: 'A domain of it.',
  FUZZY: 'Its name or an alias, misspelt.',
});

export const RecommendationKindEnum = enumOf(
  recommendationKinds,
  'RecommendationKind',
  'What a recommendation is about.',
  recommendationMeanings,
);
