import type { AnswerSource } from '../answer-source.ts';
import { generateContent } from './generate-content.ts';

/** Google's Gemini, through its `generateContent`. Source: docs/answer-platforms.md. */
export const gemini: AnswerSource = {
  name: 'GEMINI',
  label: 'Google Gemini',
  dialects: new Map([['GENERATE_CONTENT', generateContent]]),
};
