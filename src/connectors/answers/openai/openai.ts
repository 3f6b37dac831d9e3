import type { AnswerSource } from '../answer-source.ts';
import { responses } from './responses.ts';

/** OpenAI, through its Responses API. Source: docs/answer-platforms.md. */
export const openai: AnswerSource = {
  name: 'OPENAI',
  label: 'OpenAI',
  dialects: new Map([['RESPONSES', responses]]),
};
