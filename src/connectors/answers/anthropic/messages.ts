import type { AnswerCitation } from '../../../domain/aeo-audit/answer-platform.ts';
import { PlatformError } from '../../../domain/aeo-audit/platform-error.ts';
import type { AnswerDialect, ReadAnswer } from '../answer-source.ts';
import { cite, countryOf } from '../cite.ts';
import { failureOf } from '../failure-of.ts';
import { readInstant, readRateHeaders } from '../rate-headers.ts';
import { count, part, parts, words } from '../read-json.ts';

/** A question is worth no more searches than that. */
const mostSearches = 5;

const finishReasons: Record<string, ReadAnswer['finishReason']> = {
  end_turn: 'COMPLETE',
  stop_sequence: 'COMPLETE',
  max_tokens: 'LENGTH',
  model_context_window_exceeded: 'LENGTH',
  // A long turn, which nobody goes on with.
  pause_turn: 'LENGTH',
  refusal: 'REFUSED',
};

/**
 * Anthropic's Messages API, with its web search.
 *
 * A text comes in blocks, and a citation stands for the whole of its block. Source: docs/answer-platforms.md.
 */
export const messages: AnswerDialect = {
  address: 'https://api.anthropic.com',
  authorize: (secret) => ({ 'x-api-key': secret, 'anthropic-version': '2023-06-01' }),
  write({ text, model, maxOutputTokens, webSearch, locale }) {
    const country = countryOf(locale);
    const where = country && { user_location: { type: 'approximate', country } };
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: mostSearches };
    return {
      path: '/v1/messages',
      body: {
        ...{ model, max_tokens: maxOutputTokens },
        messages: [{ role: 'user', content: text }],
        ...(webSearch && { tools: [{ ...search, ...where }] }),
      },
    };
  },
  read(answer) {
    const { type, content, model, stop_reason, usage } = part(answer);
    if (type !== 'message') throw new PlatformError('MALFORMED', 'gave an answer of no known form');
    const citations: AnswerCitation[] = [];
    let text = '';
    for (const block of parts(content)) {
      const own = block.type === 'text' ? words(block.text) : null;
      if (!own) continue;
      const span = { start: text.length, end: text.length + own.length };
      text += own;
      for (const { url, title } of parts(block.citations))
        citations.push(...cite(url, title, span));
    }
    const finishReason = finishReasons[String(stop_reason)] ?? 'COMPLETE';
    if (!text && finishReason !== 'REFUSED') {
      throw new PlatformError('MALFORMED', 'gave an answer without a text');
    }
    const tokens = part(usage);
    const cached = count(tokens.cache_read_input_tokens);
    return {
      ...{ text, citations, finishReason },
      model: words(model) ?? '',
      usage: {
        inputTokens:
          count(tokens.input_tokens) + count(tokens.cache_creation_input_tokens) + cached,
        outputTokens: count(tokens.output_tokens),
        cachedInputTokens: cached,
        // They are among the others, and not told apart.
        reasoningTokens: 0,
        searches: count(part(tokens.server_tool_use).web_search_requests),
      },
    };
  },
  readError(response, now) {
    const { type, message } = part(part(response.body).error);
    const said = words(message);
    // It comes as 400.
    const isUnpaid = type === 'billing_error' || /credit balance is too low/.test(said ?? '');
    return failureOf(response, now, {
      ...{ kind: isUnpaid ? 'AUTHENTICATION' : undefined, code: words(type), message: said },
      rate: messages.readRate(response.headers, now),
    });
  },
  readRate: (headers) =>
    readRateHeaders(headers, (what, of) => `anthropic-ratelimit-${of}-${what}`, readInstant),
  requestIdHeader: 'request-id',
  test: { path: '/v1/models?limit=1', findsNothing: false },
};
