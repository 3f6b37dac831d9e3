import type { AnswerUsage } from '../../domain/aeo-audit/answer-platform.ts';
import { PlatformError } from '../../domain/aeo-audit/platform-error.ts';
import type { ReadAnswer } from './answer-source.ts';
import { count, type Part, part, parts, words } from './read-json.ts';

/** The text of a response in OpenAI's form, and what was said beside it. */
interface ResponseText {
  text: string;
  /** Each with where its own text begins in the whole. */
  contents: { content: Part; offset: number }[];
  finishReason: ReadAnswer['finishReason'];
  model: string;
  tokens: Omit<AnswerUsage, 'searches'>;
}

/**
 * Read what OpenAI's Responses API, and those that are made after it, have in common.
 *
 * @throws {PlatformError} for a response that says it failed, with status 200, and for one without text.
 */
export function readResponses(answer: unknown): ResponseText {
  const { status, output, error, incomplete_details: incomplete, model, usage } = part(answer);
  if (status !== 'completed' && status !== 'incomplete') throw failed(status, part(error));
  const contents: ResponseText['contents'] = [];
  let text = '';
  let isRefused = false;
  for (const { type, content } of parts(output)) {
    if (type !== 'message') continue;
    for (const each of parts(content)) {
      if (each.type === 'refusal') isRefused = true;
      const own = words(each.type === 'refusal' ? each.refusal : each.text);
      if (!own) continue;
      contents.push({ content: each, offset: text.length });
      text += own;
    }
  }
  const isFiltered = part(incomplete).reason === 'content_filter';
  if (!text && !isFiltered) throw new PlatformError('MALFORMED', 'gave an answer without a text');
  const finishReason = isRefused
    ? 'REFUSED'
    : isFiltered
      ? 'FILTERED'
      : status === 'incomplete'
        ? 'LENGTH'
        : 'COMPLETE';
  return {
    ...{ text, contents, finishReason },
    model: words(model) ?? '',
    tokens: tokensOf(part(usage)),
  };
}

function tokensOf(usage: Part): ResponseText['tokens'] {
  return {
    inputTokens: count(usage.input_tokens),
    outputTokens: count(usage.output_tokens),
    cachedInputTokens: count(part(usage.input_tokens_details).cached_tokens),
    reasoningTokens: count(part(usage.output_tokens_details).reasoning_tokens),
  };
}

function failed(status: unknown, { code, type }: Part): PlatformError {
  const word = words(code) ?? words(type);
  if (status !== 'failed' && status !== 'cancelled') {
    return new PlatformError('MALFORMED', 'gave an answer of no known form');
  }
  const kind = word?.includes('rate_limit') ? 'RATE_LIMITED' : 'UNAVAILABLE';
  return new PlatformError(kind, `failed (${word ?? status})`, { code: word });
}
