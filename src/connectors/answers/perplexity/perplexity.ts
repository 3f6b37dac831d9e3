import { platformLabels } from '../../../domain/aeo-audit/platform-labels.ts';
import type { AnswerSource } from '../answer-source.ts';
import { agent } from './agent.ts';
import { chat } from './chat.ts';

/** Perplexity, through its Agent API, or the chat completions that came before it. Source: docs/answer-platforms.md. */
export const perplexity: AnswerSource = {
  name: 'PERPLEXITY',
  label: platformLabels.PERPLEXITY,
  dialects: new Map([
    ['AGENT', agent],
    ['CHAT', chat],
  ]),
};
