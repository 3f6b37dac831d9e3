import type { AnswerCitation } from '../../../domain/aeo-audit/answer-platform.ts';
import type { AnswerDialect } from '../answer-source.ts';
import { cite, mostCitations } from '../cite.ts';
import { failureOf } from '../failure-of.ts';
import { readInstant, readRateHeaders } from '../rate-headers.ts';
import { type Part, part, words } from '../read-json.ts';

type Common = Omit<AnswerDialect, 'write' | 'read'>;

/** What both APIs have in common: where they are, and how they fail. */
export const common: Common = {
  address: 'https://api.perplexity.ai',
  authorize: (secret) => ({ authorization: `Bearer ${secret}` }),
  readError(response, now) {
    const { type, code, message } = part(part(response.body).error);
    return failureOf(response, now, {
      code: words(type) ?? words(code),
      message: words(message),
      rate: common.readRate(response.headers, now),
    });
  },
  // That there are such headers is documented, and no more.
  readRate: (headers) =>
    readRateHeaders(headers, (what, of) => `x-ratelimit-${what}-${of}`, readInstant),
  requestIdHeader: 'x-request-id',
  // There is no list of models for every key; an answer that nobody has is looked for instead.
  test: { path: '/v1/responses/resp_00000000000000000000000000000000', findsNothing: true },
};

/**
 * Citations of the results of a search, which a text refers to as `[1]`: one for each such mark, and one without a
 * place for a result that no mark refers to.
 *
 * @param resultOf the result that a number in brackets means.
 */
export function citeMarks(
  text: string,
  results: readonly Part[],
  resultOf: (number: number) => Part | undefined,
): AnswerCitation[] {
  const citations: AnswerCitation[] = [];
  const marked = new Set<Part>();
  for (const mark of text.matchAll(/\[(\d{1,3})\]/g)) {
    const result = resultOf(Number(mark[1]));
    if (!result) continue;
    if (citations.length >= mostCitations) break;
    marked.add(result);
    const span = { start: mark.index, end: mark.index + mark[0].length };
    citations.push(...cite(result.url, result.title, span));
  }
  for (const result of results.slice(0, mostCitations)) {
    if (!marked.has(result)) citations.push(...cite(result.url, result.title, null));
  }
  return citations;
}
