import { platformLabels } from '../../../domain/aeo-audit/platform-labels.ts';
import type { AnswerSource } from '../answer-source.ts';
import { responses } from './responses.ts';

/** OpenAI, through its Responses API. Source: docs/answer-platforms.md. */
export const openai: AnswerSource = {
  name: 'OPENAI',
  label: platformLabels.OPENAI,
  dialects: new Map([['RESPONSES', responses]]),
};
