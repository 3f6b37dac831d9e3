import { PlatformError } from '../../../domain/aeo-audit/platform-error.ts';
import type { AnswerDialect, ReadAnswer } from '../answer-source.ts';
import { failureOf } from '../failure-of.ts';
import { readDuration } from '../rate-headers.ts';
import { count, type Part, part, parts, words } from '../read-json.ts';
import { citeGrounding } from './cite-grounding.ts';

/** Gemini's `generateContent`, grounded with Google Search. Source: docs/answer-platforms.md. */
export const generateContent: AnswerDialect = {
  address: 'https://generativelanguage.googleapis.com',
  authorize: (secret) => ({ 'x-goog-api-key': secret }),
  write({ text, model, maxOutputTokens, webSearch, locale }) {
    const language = locale && { toolConfig: { retrievalConfig: { languageCode: locale } } };
    return {
      path: `/v1beta/models/${encodeURIComponent(model)}:generateContent`,
      body: {
        contents: [{ role: 'user', parts: [{ text }] }],
        generationConfig: { maxOutputTokens },
        ...(webSearch && { tools: [{ google_search: {} }], ...language }),
      },
    };
  },
  read(answer) {
    const { candidates, promptFeedback, usageMetadata, modelVersion } = part(answer);
    const [candidate] = parts(candidates);
    const own = parts(part(candidate?.content).parts).map((each) =>
      // What it thought is none of its answer.
      each.thought === true ? '' : (words(each.text) ?? ''),
    );
    const text = own.join('');
    const finishReason = finishReasonOf(candidate?.finishReason, part(promptFeedback).blockReason);
    if (!text && finishReason !== 'FILTERED') {
      throw new PlatformError('MALFORMED', 'gave an answer without a text');
    }
    const tokens = part(usageMetadata);
    const reasoningTokens = count(tokens.thoughtsTokenCount);
    const grounding = part(candidate?.groundingMetadata);
    const queries = grounding.webSearchQueries;
    return {
      ...{ text, finishReason },
      citations: citeGrounding(own, grounding),
      model: words(modelVersion) ?? '',
      usage: {
        inputTokens: count(tokens.promptTokenCount) + count(tokens.toolUsePromptTokenCount),
        outputTokens: count(tokens.candidatesTokenCount) + reasoningTokens,
        cachedInputTokens: count(tokens.cachedContentTokenCount),
        reasoningTokens,
        searches: Array.isArray(queries) ? queries.filter((query) => words(query)).length : 0,
      },
    };
  },
  readError(response, now) {
    const { status, message, details } = part(part(response.body).error);
    const known = parts(details);
    const reason = words(known.find((each) => each.reason !== undefined)?.reason);
    const delay = known.find((each) => each.retryDelay !== undefined)?.retryDelay;
    return failureOf(response, now, {
      // It comes as 400.
      kind: reason === 'API_KEY_INVALID' ? 'AUTHENTICATION' : undefined,
      code: reason ?? words(status),
      message: words(message),
      rate: null,
      retryAfterMs: readDuration(words(delay)),
    });
  },
  readRate: () => null,
  requestIdHeader: 'x-goog-request-id',
  test: { path: '/v1beta/models?pageSize=1', findsNothing: false },
};

/** Everything else that it stops for is its own judgement of what may be said. */
function finishReasonOf(reason: unknown, blocked: Part[string]): ReadAnswer['finishReason'] {
  if (blocked !== undefined) return 'FILTERED';
  if (reason === 'MAX_TOKENS') return 'LENGTH';
  return reason === 'STOP' || reason === undefined ? 'COMPLETE' : 'FILTERED';
}
