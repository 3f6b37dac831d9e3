import type { AnswerDialect } from '../answer-source.ts';
import { cite, countryOf, placesIn } from '../cite.ts';
import { failureOf } from '../failure-of.ts';
import { readDuration, readRateHeaders } from '../rate-headers.ts';
import { type Part, part, parts, place, words } from '../read-json.ts';
import { readResponses } from '../read-responses.ts';

/**
 * OpenAI's Responses API, with its web search.
 *
 * Its places in a text are counted in characters, which are taken for code points. Source: docs/answer-platforms.md.
 */
export const responses: AnswerDialect = {
  address: 'https://api.openai.com',
  authorize: (secret) => ({ authorization: `Bearer ${secret}` }),
  write({ text, model, maxOutputTokens, webSearch, locale }) {
    const country = countryOf(locale);
    const where = country && { user_location: { type: 'approximate', country } };
    const tools = webSearch && [{ type: 'web_search', ...where }];
    return {
      path: '/v1/responses',
      body: {
        ...{ model, input: text, max_output_tokens: maxOutputTokens },
        // Nobody goes on with the conversation.
        store: false,
        ...(tools && { tools }),
      },
    };
  },
  read(answer) {
    const { contents, tokens, ...read } = readResponses(answer);
    return {
      ...read,
      citations: contents.flatMap(({ content, offset }) => citationsOf(content, offset)),
      usage: { ...tokens, searches: parts(part(answer).output).filter(isSearch).length },
    };
  },
  readError(response, now) {
    const { code, type, message } = part(part(response.body).error);
    const word = words(code) ?? words(type);
    // It comes as 429, and waiting does not mend it.
    const isUnpaid = word === 'insufficient_quota' || word === 'billing_hard_limit_reached';
    return failureOf(response, now, {
      ...{ kind: isUnpaid ? 'AUTHENTICATION' : undefined, code: word, message: words(message) },
      rate: responses.readRate(response.headers, now),
    });
  },
  readRate: (headers, now) =>
    readRateHeaders(
      headers,
      (what, of) => `x-ratelimit-${what}-${of}`,
      (text) => {
        const ms = readDuration(text);
        return ms === null ? null : new Date(now.getTime() + ms);
      },
    ),
  requestIdHeader: 'x-request-id',
  test: { path: '/v1/models', findsNothing: false },
};

function citationsOf(content: Part, offset: number) {
  const placeOf = placesIn(words(content.text) ?? '', 'CODE_POINTS');
  return parts(content.annotations).flatMap(({ type, url, title, start_index, end_index }) => {
    if (type !== 'url_citation') return [];
    const [start, end] = [place(start_index), place(end_index)];
    const span =
      start === null || end === null
        ? null
        : { start: offset + placeOf(start), end: offset + placeOf(end) };
    return cite(url, title, span);
  });
}

/** Opening a page that was found is charged for by its tokens alone. */
function isSearch({ type, action }: Part): boolean {
  return type === 'web_search_call' && (words(part(action).type) ?? 'search') === 'search';
}
