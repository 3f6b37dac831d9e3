import { platformLabels } from '../../../domain/aeo-audit/platform-labels.ts';
import type { AnswerSource } from '../answer-source.ts';
import { messages } from './messages.ts';

/** Anthropic, through its Messages API. Source: docs/answer-platforms.md. */
export const anthropic: AnswerSource = {
  name: 'ANTHROPIC',
  label: platformLabels.ANTHROPIC,
  dialects: new Map([['MESSAGES', messages]]),
};
