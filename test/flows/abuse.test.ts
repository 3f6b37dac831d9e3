import { once } from 'node:events';
import WebSocket from 'ws';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openSocket, ownerToken, subscribe } from '../support/open-socket.ts';
import { production } from '../support/production.ts';
import { postJson, send } from '../support/send.ts';
import { runAs } from '../support/test-services.ts';

const ownOrigin = 'https://app.example';
let installation: Installation;
let url: string;
let token: string;

beforeAll(async () => {
  installation = await startInstallation('PostgreSQL', {
    ...production,
    CORS_ORIGINS: ownOrigin,
  });
  url = installation.url;
  token = await ownerToken(installation);
});
afterAll(() => installation.close());

const signIn = 'signIn(input: { email: "a@b.example", password: "guess" }) { token }';
const times = (count: number, text: (each: number) => string) =>
  Array.from({ length: count }, (_, each) => text(each)).join(' ');
const nested = (depth: number, text: string) =>
  `${`${text} { `.repeat(depth)}id${' }'.repeat(depth)}`;

const lists = (...names: string[]) =>
  names.reduceRight((below, name) => `${name}(first: $n) { edges { node { ${below} } } }`, 'id');

/** What an operation that is over a limit is answered with, by an HTTP request and over a WebSocket. */
const refused = (words: string) => ({
  message: expect.stringContaining(words),
  extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
});

describe('before anything is executed, over HTTP and WebSocket alike', () => {
  const overLimits: [name: string, query: string, words: string, variables?: object][] = [
    ['500 aliased sign-ins', `mutation { ${times(500, (n) => `a${n}: ${signIn}`)} }`, ''],
    ['two sign-ins', `mutation { a: ${signIn} b: ${signIn} }`, 'tries one password'],
    [
      'two sign-ins, one in a fragment',
      `mutation { a: ${signIn} ...F } fragment F on Mutation { ... { b: ${signIn} } }`,
      'tries one password',
    ],
    ['first: 1e9', '{ clients(first: 1000000000) { edges { cursor } } }', 'at most 1000'],
    ['last: 1e9', '{ clients(last: 1000000000) { edges { cursor } } }', 'at most 1000'],
    [
      'first: 1e9 in a variable',
      'query ($n: Int) { clients(first: $n) { edges { cursor } } }',
      'at most 1000',
      { n: 1e9 },
    ],
    [
      '1,001 ids',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      'at most 1000',
      { ids: Array(1001).fill('x') },
    ],
    [
      'lists in lists',
      `query ($n: Int = 2) { ${lists('clients', 'campaigns', 'strategies')} }`,
      'may cost 1,00',
      { n: 1000 },
    ],
    [
      'null, where a default is small',
      `query ($n: Int = 1) { ${lists('clients', 'campaigns', 'strategies', 'placements')} }`,
      'may cost 6,',
      { n: null },
    ],
    ['depth 40', `{ ${nested(40, 'viewer')} }`, 'at most 25 levels'],
    [
      'depth by fragments',
      `{ ...F0 } ${times(30, (n) => `fragment F${n} on Query { viewer { ...F${n + 1} } }`)}
       fragment F30 on Query { viewer { email } }`,
      'at most 25 levels',
    ],
    ['101 aliases', `{ ${times(101, (n) => `a${n}: __typename`)} }`, 'at most'],
    ['31 aliases apart', `{ viewer { ${times(31, (n) => `a${n}: email`)} } }`, '30 aliases'],
    ['10 duplicate directives', `{ __typename ${'@aa'.repeat(10)} }`, '3 directives at one place'],
    ['500 times one field', `{ ${'__typename '.repeat(500)} }`, '10 times the same field'],
    [
      '500 times one fragment',
      `{ ${'...F '.repeat(500)} } fragment F on Query { __typename }`,
      '10 times',
    ],
    [
      '21 root fields',
      `{ ${times(21, (n) => `a${n}: viewer { email }`)} }`,
      '20 fields at its root',
    ],
    [
      '51 fragments',
      `{ __typename } ${times(51, (n) => `fragment F${n} on Query { __typename }`)}`,
      '50 fragments',
    ],
  ];

  test.each(overLimits.map(([name, ...rest]) => [name, rest] as const))(
    '%s: 400',
    async (_name, [query, words, variables]) => {
      const answer = await postJson(url, { query, variables }, token);
      expect(answer).toMatchObject({ status: 400, data: undefined, error: refused(words) });
      expect(JSON.parse(answer.text).errors).toHaveLength(1);
    },
  );

  test('the same over a WebSocket', async () => {
    const socket = await openSocket(installation, token);
    for (const [name, query, words, variables] of overLimits) {
      const answered = once(socket, 'message');
      subscribe(socket, name, query, variables);
      const { id, type, payload } = JSON.parse(String((await answered)[0]));
      expect({ id, type, payload }).toEqual({
        id: name,
        type: 'error',
        payload: [refused(words)],
      });
    }
    socket.terminate();
  });

  test('a document of too many tokens, in circles, or that cannot be read: 400', async () => {
    const circle =
      '{ ...A } fragment A on Query { viewer { email } ...B } fragment B on Query { ...A }';
    for (const query of [`{ ${times(4_001, (n) => `f${n}`)} }`, circle, '{ viewer', '']) {
      expect((await postJson(url, { query }, token)).status).toBe(400);
    }
    const huge = await postJson(url, { query: `{ __typename } #${'x'.repeat(1_100_000)}` });
    expect(huge).toMatchObject({ status: 413, error: refused('too large') });
  });

  test('addresses that hide what they ask: 400', async () => {
    const headers = { authorization: `Bearer ${token}`, 'apollo-require-preflight': 'true' };
    const tooLarge = 'clients(first: 1000000000, after: "?") { edges { cursor } }';
    for (const path of [
      `?query={${tooLarge}}`,
      `?query=query A {__typename} query B {${tooLarge}}&operationName=B`,
      `?a=?&query=query($n: Int) {clients(first: $n, after: "?") { nodes { id } }}&variables={"n":1000000000}`,
    ]) {
      const answer = await send(url, { path, headers });
      expect(answer).toMatchObject({ status: 400, error: refused('at most 1000') });
    }
  });

  test('not a single sign-in was tried', async () => {
    const tried = await runAs(
      installation.agency.urls.superuserUrl,
      `select key from operations.rate_limits where key like '%sign-in-%' and points > 0`,
    );
    expect(tried).toEqual([]);
  });
});

test('operations come one by one, and as text: no batches, no hashes', async () => {
  const batch = await postJson(url, Array(10).fill({ query: '{ __typename }' }));
  expect(batch).toMatchObject({ status: 400, error: { message: expect.stringMatching(/batch/i) } });
  const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
  const hash = await postJson(url, { extensions: { persistedQuery } });
  expect(hash.data).toBeUndefined();
  expect(hash.text).toContain('PersistedQueryNotSupported');
});

test('a browser on another site changes and asks nothing: GET, text/plain and forms', async () => {
  const query = `mutation { ${signIn} }`;
  const path = `?query=${encodeURIComponent(query)}`;
  const preflighted = { 'apollo-require-preflight': 'true' };
  expect((await send(url, { path, headers: preflighted })).status).toBe(405);
  const read = `?query=${encodeURIComponent('{ __typename }')}`;
  expect((await send(url, { path: read, headers: preflighted })).data).toBeDefined();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const body = JSON.stringify({ query });
    const posted = await send(url, { method: 'POST', headers: { 'content-type': type }, body });
    expect(posted).toMatchObject({ status: 400, data: undefined });
  }
  expect(await send(url, { path: read })).toMatchObject({ status: 400, data: undefined });
});

test('only configured origins read answers', async () => {
  const allowed = async (origin: string, method: string) => {
    const response = await fetch(`${url}/graphql`, { method, headers: { origin } });
    expect(response.headers.get('vary')).toMatch(/origin/i);
    return response.headers.get('access-control-allow-origin');
  };
  expect(await allowed(ownOrigin, 'OPTIONS')).toBe(ownOrigin);
  for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'null']) {
    for (const method of ['OPTIONS', 'POST']) expect(await allowed(origin, method)).toBeNull();
  }
});

test('a WebSocket from a foreign origin is not opened', async () => {
  const opening = async (origin: string | undefined) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      ...(origin && { origin }),
    });
    const failed = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode);
    const status = await Promise.race([once(socket, 'open').then(() => 101), failed]);
    socket.on('error', () => undefined).terminate();
    return status;
  };
  for (const origin of [undefined, ownOrigin, url]) expect(await opening(origin)).toBe(101);
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    expect(await opening(origin)).toBe(403);
  }
});

test('in production nothing tells the schema: no introspection, no suggestions, no IDE', async () => {
  const introspection = await postJson(url, { query: '{ __schema { types { name } } }' }, token);
  expect(introspection).toMatchObject({ status: 400, data: undefined });
  const misspelt = await postJson(url, { query: '{ viewr { emal } }' }, token);
  expect(misspelt.error?.message).toBe('Cannot query field "viewr" on type "Query".');
  const query = 'query ($m: [MetricName!]!) { metricRows(metrics: $m) { rows } }';
  const value = await postJson(url, { query, variables: { m: ['SPEDN'] } }, token);
  expect(value.text).not.toMatch(/did you mean/i);
  expect((await fetch(`${url}/ide/`)).status).toBe(404);
});

test('every answer says what browsers may make of it', async () => {
  for (const path of ['/graphql', '/bi/v1/schema', '/nothing']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining(`default-src 'none'`),
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  }
});
