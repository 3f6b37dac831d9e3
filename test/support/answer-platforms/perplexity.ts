import type { FakeAnswer, FakeVendor } from './fake-vendor.ts';
import { tokensOf } from './fake-vendor.ts';

const fail = (
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): FakeAnswer => ({ status, headers, body: { error: { message, type, code: status } } });

const page = '<html>\r\n<head><title>401 Authorization Required</title></head>\r\n</html>\r\n';

/** Both of Perplexity's APIs: the agent's, and the chat completions. */
export const fakePerplexity: FakeVendor = {
  name: 'PERPLEXITY',
  isMeant: (path) =>
    path === '/v1/agent' || path === '/chat/completions' || path.startsWith('/v1/responses/'),
  keyOf: ({ authorization }) => authorization?.replace('Bearer ', ''),
  test: {
    isMeant: (path) => path.startsWith('/v1/responses/'),
    answer: fail(404, 'not_found', 'Response not found'),
  },
  readQuestion: (path, { input, messages, model, tools, disable_search }) => ({
    text: String(input ?? (messages as { content: string }[])[0]?.content),
    model: String(model),
    webSearch: path === '/v1/agent' ? Array.isArray(tools) : disable_search !== true,
  }),
  answer({ pieces, sources, queries }, { text: question, model, webSearch }, number, path) {
    const text = pieces
      .map((piece) => piece.text + piece.sources.map((place) => `[${place + 1}]`).join(''))
      .join('');
    const results = sources.map(({ url, title }) => ({
      ...{ title, url, date: '2026-04-30', last_updated: '2026-10-01', snippet: title },
    }));
    const [input, output] = [tokensOf(question), tokensOf(text)];
    const cost = { total_cost: 0.005 + (input + output) / 1e6 };
    if (path === '/v1/agent') {
      const searched = {
        ...{ type: 'search_results', queries: queries.slice(0, 1) },
        results: results.map((result, place) => ({ id: place + 1, ...result, source: 'web' })),
      };
      return {
        id: `resp_${number.toString(16).padStart(32, '0')}`,
        ...{ object: 'response', created_at: 1_790_000_000, status: 'completed', model },
        output: [
          ...(webSearch ? [searched] : []),
          {
            ...{ type: 'message', role: 'assistant', status: 'completed' },
            content: [{ type: 'output_text', text, annotations: [] }],
          },
        ],
        usage: {
          ...{ input_tokens: input + 3_500, output_tokens: output },
          ...{ total_tokens: input + 3_500 + output, cost: { ...cost, currency: 'USD' } },
          tool_calls_details: webSearch ? { search_web: { invocation: 1 } } : {},
        },
      };
    }
    return {
      ...{ id: `fake-${number}`, model, created: 1_790_000_000, object: 'chat.completion' },
      usage: {
        ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
        ...{ search_context_size: 'low', num_search_queries: webSearch ? 1 : 0, cost },
      },
      ...(webSearch && { citations: sources.map(({ url }) => url), search_results: results }),
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    };
  },
  requestId: (number) => ({ 'x-request-id': `${number.toString(16).padStart(8, '0')}-fake` }),
  rate: () => ({}),
  refuse: {
    limited: () => fail(429, 'request_rate_limit_exceeded', 'Request rate limit exceeded'),
    unpaid: fail(401, 'insufficient_quota', 'You exceeded your current quota.'),
    // From before the API itself.
    revoked: { status: 401, headers: { 'content-type': 'text/html' }, body: page },
    unknownModel: (model) => fail(400, 'invalid_model', `Invalid model '${model}'.`),
    outage: [
      fail(503, 'internal_error', 'Service unavailable'),
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' },
    ],
  },
};
