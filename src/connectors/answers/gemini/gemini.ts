import { platformLabels } from '../../../domain/aeo-audit/platform-labels.ts';
import type { AnswerSource } from '../answer-source.ts';
import { generateContent } from './generate-content.ts';

/** Google's Gemini, through its `generateContent`. Source: docs/answer-platforms.md. */
export const gemini: AnswerSource = {
  name: 'GEMINI',
  label: platformLabels.GEMINI,
  dialects: new Map([['GENERATE_CONTENT', generateContent]]),
};
