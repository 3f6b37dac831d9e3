import { type FakeAnswer, type FakeVendor, textOf, tokensOf } from './fake-vendor.ts';

const fail = (
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): FakeAnswer => ({ status, headers, body: { type: 'error', error: { type, message } } });

const idOf = (prefix: string, number: number) =>
  `${prefix}_${number.toString(36).padStart(24, '0')}`;

export const fakeAnthropic: FakeVendor = {
  name: 'ANTHROPIC',
  isMeant: (path, headers) =>
    path === '/v1/messages' || (path === '/v1/models' && headers['x-api-key'] !== undefined),
  keyOf: (headers) => headers['x-api-key'] as string | undefined,
  test: {
    isMeant: (path) => path === '/v1/models',
    answer: {
      status: 200,
      body: { data: [{ type: 'model', id: 'claude-haiku-5-5' }], has_more: false },
    },
  },
  readQuestion: (_, { messages, model, tools }) => ({
    text: String((messages as { content: string }[])[0]?.content),
    model: String(model),
    webSearch: Array.isArray(tools),
  }),
  answer(written, { text: question, model, webSearch }, number) {
    const { pieces, sources, queries } = written;
    const call = idOf('srvtoolu', number);
    const searched = [
      {
        ...{ type: 'server_tool_use', id: call, name: 'web_search' },
        input: { query: queries[0] },
      },
      {
        ...{ type: 'web_search_tool_result', tool_use_id: call },
        content: sources.map(({ url, title }) => ({
          ...{ type: 'web_search_result', url, title, page_age: 'April 30, 2026' },
          encrypted_content: 'RmFrZQ==',
        })),
      },
    ];
    const blocks = pieces.map((piece) => {
      const citations = piece.sources.map((place) => ({
        type: 'web_search_result_location',
        ...{ url: sources[place]?.url, title: sources[place]?.title, encrypted_index: 'RmFrZQ==' },
        cited_text: piece.text.slice(0, 150),
      }));
      const isCited = webSearch && citations.length > 0;
      return { type: 'text', text: piece.text, ...(isCited && { citations }) };
    });
    return {
      ...{ id: idOf('msg', number), type: 'message', role: 'assistant' },
      model: `${model}-20261001`,
      content: [...(webSearch ? searched : []), ...blocks],
      ...{ stop_reason: 'end_turn', stop_sequence: null },
      usage: {
        input_tokens: tokensOf(question) + (webSearch ? 11_000 : 0),
        ...{ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
        output_tokens: tokensOf(textOf(written)),
        server_tool_use: { web_search_requests: webSearch ? 1 : 0 },
        service_tier: 'standard',
      },
    };
  },
  requestId: (number) => ({ 'request-id': idOf('req', number) }),
  rate({ limit, remaining, refillMs }) {
    const reset = new Date(Date.now() + refillMs).toISOString().replace(/\.\d+Z$/, 'Z');
    return {
      'anthropic-ratelimit-requests-limit': String(limit),
      'anthropic-ratelimit-requests-remaining': String(remaining),
      'anthropic-ratelimit-requests-reset': reset,
      'anthropic-ratelimit-tokens-limit': '2000000',
      'anthropic-ratelimit-tokens-remaining': '1990000',
      'anthropic-ratelimit-tokens-reset': reset,
    };
  },
  refuse: {
    limited: ({ limit, waitMs }) =>
      fail(
        429,
        'rate_limit_error',
        `This request would exceed your organization's rate limit of ${limit} requests per minute.`,
        { 'retry-after': String(Math.ceil(waitMs / 1000)) },
      ),
    unpaid: fail(
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API.',
    ),
    revoked: fail(401, 'authentication_error', 'invalid x-api-key'),
    unknownModel: (model) => fail(404, 'not_found_error', `model: ${model}`),
    outage: [
      fail(529, 'overloaded_error', 'Overloaded'),
      fail(500, 'api_error', 'Internal server error'),
    ],
  },
};
