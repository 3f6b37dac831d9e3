import type { AnswerPlatformName } from './answer-platform.ts';

/** Platforms as people call them. */
export const platformLabels: Record<AnswerPlatformName, string> = {
  ...{ OPENAI: 'OpenAI', ANTHROPIC: 'Anthropic', PERPLEXITY: 'Perplexity', GEMINI: 'Gemini' },
};
