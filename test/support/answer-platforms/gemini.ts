import { type FakeAnswer, type FakeVendor, textOf, tokensOf } from './fake-vendor.ts';

const fail = (
  code: number,
  status: string,
  message: string,
  details: object[] = [],
): FakeAnswer => ({ status: code, body: { error: { code, message, status, details } } });

const models = /^\/v1beta\/models/;

export const fakeGemini: FakeVendor = {
  name: 'GEMINI',
  isMeant: (path) => models.test(path),
  keyOf: (headers) => headers['x-goog-api-key'] as string | undefined,
  test: {
    isMeant: (path) => path === '/v1beta/models',
    answer: { status: 200, body: { models: [{ name: 'models/gemini-3.6-flash' }] } },
  },
  readQuestion(path, { contents, tools }) {
    const [first] = contents as { parts: { text: string }[] }[];
    return {
      text: String(first?.parts[0]?.text),
      model: decodeURIComponent(/models\/([^:]+):/.exec(path)?.[1] ?? ''),
      webSearch: Array.isArray(tools),
    };
  },
  answer(written, { text: question, model, webSearch }, number) {
    const { pieces, sources, queries } = written;
    const text = textOf(written);
    let bytes = 0;
    const groundingSupports = pieces.flatMap((piece) => {
      const startIndex = bytes;
      bytes += Buffer.byteLength(piece.text);
      if (piece.sources.length === 0) return [];
      const start = startIndex > 0 && { startIndex };
      const segment = { ...start, endIndex: bytes, text: piece.text };
      return [{ segment, groundingChunkIndices: piece.sources }];
    });
    const groundingChunks = sources.map(({ domain }, place) => ({
      web: {
        uri: `https://vertexaisearch.cloud.google.com/grounding-api-redirect/${number}-${place}`,
        title: domain,
      },
    }));
    const [input, output] = [tokensOf(question), tokensOf(text)];
    return {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'Let me see.', thought: true }, { text }] },
          ...{ finishReason: 'STOP', index: 0 },
          ...(webSearch && {
            groundingMetadata: {
              webSearchQueries: queries,
              searchEntryPoint: { renderedContent: '<div></div>' },
              groundingChunks,
              groundingSupports: groundingSupports.map(({ segment, ...others }) => ({
                segment: { partIndex: 1, ...segment },
                ...others,
              })),
            },
          }),
        },
      ],
      usageMetadata: {
        ...{ promptTokenCount: input, candidatesTokenCount: output, thoughtsTokenCount: 32 },
        totalTokenCount: input + output + 32,
      },
      modelVersion: model,
      responseId: `fake-${number}`,
    };
  },
  requestId: () => ({}),
  rate: () => ({}),
  refuse: {
    limited: ({ waitMs }) =>
      fail(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [] },
        {
          '@type': 'type.googleapis.com/google.rpc.RetryInfo',
          retryDelay: `${(waitMs / 1000).toFixed(3)}s`,
        },
      ]),
    unpaid: fail(403, 'PERMISSION_DENIED', 'Billing is disabled for this project.'),
    revoked: fail(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        ...{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
      },
    ]),
    unknownModel: (model) =>
      fail(404, 'NOT_FOUND', `models/${model} is not found for API version v1beta.`),
    outage: [
      fail(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
      fail(500, 'INTERNAL', 'An internal error has occurred.'),
    ],
  },
};
