import type { AnswerSource } from '../answer-source.ts';
import { messages } from './messages.ts';

/** Anthropic, through its Messages API. Source: docs/answer-platforms.md. */
export const anthropic: AnswerSource = {
  name: 'ANTHROPIC',
  label: 'Anthropic',
  dialects: new Map([['MESSAGES', messages]]),
};
