import type { AnswerPlatformName } from '../../domain/aeo-audit/answer-platform.ts';
import type { AnswerSource } from './answer-source.ts';
import { anthropic } from './anthropic/anthropic.ts';
import { gemini } from './gemini/gemini.ts';
import { openai } from './openai/openai.ts';
import { perplexity } from './perplexity/perplexity.ts';

/** Every platform that answers questions. */
export const answerSources: ReadonlyMap<AnswerPlatformName, AnswerSource> = new Map(
  [openai, anthropic, perplexity, gemini].map((source) => [source.name, source]),
);
