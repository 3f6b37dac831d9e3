import type { FakeAnswer, FakeVendor } from './fake-vendor.ts';
import { tokensOf } from './fake-vendor.ts';

const fail = (
  status: number,
  [type, code]: [string, string | null],
  message: string,
  headers: Record<string, string> = {},
): FakeAnswer => ({ status, headers, body: { error: { message, type, param: null, code } } });

/** A length as OpenAI writes it: `20ms`, `1.5s`, `1m30s`. */
function duration(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  const minutes = Math.floor(ms / 60_000);
  return `${minutes > 0 ? `${minutes}m` : ''}${(ms % 60_000) / 1000}s`;
}

export const fakeOpenai: FakeVendor = {
  name: 'OPENAI',
  isMeant: (path, headers) =>
    path === '/v1/responses' ||
    (path === '/v1/models' && headers.authorization?.startsWith('Bearer ') === true),
  keyOf: ({ authorization }) => authorization?.replace('Bearer ', ''),
  test: {
    isMeant: (path) => path === '/v1/models',
    answer: {
      status: 200,
      body: { object: 'list', data: [{ id: 'gpt-5.4-mini', object: 'model' }] },
    },
  },
  readQuestion: (_, { input, model, tools }) => ({
    text: String(input),
    model: String(model),
    webSearch: Array.isArray(tools),
  }),
  answer({ pieces, sources, queries }, { text: question, model, webSearch }, number) {
    let text = '';
    const annotations: object[] = [];
    const length = () => [...text].length;
    for (const piece of pieces) {
      text += piece.text;
      for (const { url, title, domain } of piece.sources.flatMap((place) => sources[place] ?? [])) {
        text += ' ';
        const start = length();
        text += `([${domain}](${url}))`;
        const end = length();
        annotations.push({ type: 'url_citation', start_index: start, end_index: end, url, title });
      }
    }
    const id = number.toString(16).padStart(48, '0');
    const input = tokensOf(question) + (webSearch ? 8_000 : 0);
    const output = tokensOf(text) + 64;
    return {
      ...{ id: `resp_${id}`, object: 'response', created_at: 1_790_000_000, status: 'completed' },
      ...{ error: null, incomplete_details: null, instructions: null, store: false },
      model: `${model}-2026-03-17`,
      output: [
        { id: `rs_${id}`, type: 'reasoning', summary: [] },
        ...(webSearch
          ? [
              {
                ...{ id: `ws_${id}`, type: 'web_search_call', status: 'completed' },
                action: { type: 'search', query: queries[0] },
              },
            ]
          : []),
        {
          ...{ id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant' },
          content: [{ type: 'output_text', text, annotations: webSearch ? annotations : [] }],
        },
      ],
      usage: {
        ...{ input_tokens: input, input_tokens_details: { cached_tokens: 0 } },
        ...{ output_tokens: output, output_tokens_details: { reasoning_tokens: 64 } },
        total_tokens: input + output,
      },
    };
  },
  requestId: (number) => ({ 'x-request-id': `req_${number.toString(16).padStart(32, '0')}` }),
  rate: ({ limit, remaining, refillMs }) => ({
    'x-ratelimit-limit-requests': String(limit),
    'x-ratelimit-remaining-requests': String(remaining),
    'x-ratelimit-reset-requests': duration(refillMs),
    'x-ratelimit-limit-tokens': '2000000',
    'x-ratelimit-remaining-tokens': '1990000',
    'x-ratelimit-reset-tokens': '20ms',
  }),
  refuse: {
    limited: ({ limit, waitMs }) =>
      fail(
        429,
        ['requests', 'rate_limit_exceeded'],
        `Rate limit reached in organization org-fake on requests per min (RPM): Limit ${limit}, Used ${limit}, Requested 1. Please try again in ${duration(waitMs)}.`,
        {
          'retry-after-ms': String(Math.ceil(waitMs)),
          'retry-after': String(Math.ceil(waitMs / 1000)),
        },
      ),
    unpaid: fail(
      429,
      ['insufficient_quota', 'insufficient_quota'],
      'You exceeded your current quota, please check your plan and billing details.',
    ),
    revoked: fail(
      401,
      ['invalid_request_error', 'invalid_api_key'],
      'Incorrect API key provided: sk-fake-****. You can find your API key at the dashboard.',
    ),
    unknownModel: (model) =>
      fail(
        404,
        ['invalid_request_error', 'model_not_found'],
        `The model '${model}' does not exist or you do not have access to it.`,
      ),
    outage: [
      fail(500, ['server_error', null], 'The server had an error while processing your request.'),
      fail(
        503,
        ['server_error', null],
        'The engine is currently overloaded, please try again later.',
      ),
    ],
  },
};
