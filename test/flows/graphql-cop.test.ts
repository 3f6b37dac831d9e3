import { type Installation, startInstallation } from '../support/installation.ts';
import { production } from '../support/production.ts';
import { postJson, type Sent, send } from '../support/send.ts';

/**
 * What graphql-cop asks a server, and what it would report.
 *
 * Source: https://github.com/dolevf/graphql-cop, lib/tests.
 */
interface Check {
  title: string;
  ask(url: string): Promise<Sent[]>;
  finds(answer: Sent): boolean;
}

const post = (query: string) => async (url: string) => [await postJson(url, { query })];
const at = (path: string, query: string) => `${path}?query=${encodeURIComponent(query)}`;
const errorsOf = ({ text }: Sent) => (text.startsWith('{') ? (JSON.parse(text).errors ?? []) : []);
const tellsException = (answer: Sent) =>
  /"(exception|tracing|stacktrace)"/i.test(JSON.stringify(errorsOf(answer)));

const circle = `query { __schema { ...A } }
  fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }`;
const circularTypes = `query { __schema { types { fields { type { fields { type { fields { type {
  fields { type { name } } } } } } } } } } }`;
const aliases = Array.from({ length: 101 }, (_, each) => `alias${each}: __typename`);
const ides = ['graphiql.min.css', 'GraphQL Playground', 'GraphiQL', 'graphql-playground'];

const checks: Check[] = [
  {
    title: 'Alias Overloading',
    ask: post(`query cop { ${aliases.join('\n')} }`),
    finds: ({ data }) => Boolean(data?.alias100),
  },
  {
    title: 'Array-based Query Batching',
    ask: async (url) => [
      await postJson(url, Array(11).fill({ query: 'query cop { __typename }' })),
    ],
    finds: ({ text }) => text.startsWith('[') && JSON.parse(text).length >= 10,
  },
  {
    title: 'Circular Fragment',
    ask: post(circle),
    finds: (answer) => errorsOf(answer).length === 0,
  },
  {
    title: 'Introspection-based Circular Query',
    ask: post(circularTypes),
    finds: ({ data }) => data?.__schema?.types?.length > 25,
  },
  {
    title: 'Directive Overloading',
    ask: post(`query cop { __typename ${'@aa'.repeat(10)} }`),
    finds: (answer) => errorsOf(answer).length === 10,
  },
  {
    title: 'Field Duplication',
    ask: post(`query cop { ${'__typename \n'.repeat(500)} }`),
    finds: ({ data }) => Boolean(data?.__typename),
  },
  {
    title: 'Field Suggestions',
    ask: post('query cop { __schema { directive } }'),
    finds: ({ text }) => text.includes('Did you mean'),
  },
  {
    title: 'Introspection',
    ask: post('query cop { __schema { types { name fields { name } } } }'),
    finds: ({ data }) => Boolean(data?.__schema?.types),
  },
  {
    title: 'Mutation is allowed over GET (possible CSRF)',
    ask: async (url) => [await send(url, { path: at('', 'mutation cop {__typename}') })],
    finds: ({ data }) => Boolean(data?.__typename),
  },
  {
    title: 'GET Method Query Support',
    ask: async (url) => [await send(url, { path: at('', 'query cop {__typename}') })],
    finds: ({ data }) => Boolean(data?.__typename),
  },
  {
    title: 'POST based url-encoded query (possible CSRF)',
    ask: async (url) => [
      await send(url, {
        method: 'POST',
        body: new URLSearchParams({ query: 'query cop {__typename}' }),
      }),
      await send(url, { method: 'POST', path: at('', 'query cop {__typename}') }),
    ],
    finds: ({ data }) => Boolean(data?.__typename),
  },
  {
    title: 'GraphQL IDE',
    ask: (url) =>
      Promise.all(
        ['/../graphiql', '/../playground', '/../console', ''].map((path) =>
          send(url, { path, headers: { accept: 'text/html' } }),
        ),
      ),
    finds: ({ text }) => ides.some((word) => text.includes(word)),
  },
  {
    title: 'Trace Mode',
    ask: post('query cop { __typename }'),
    finds: tellsException,
  },
  {
    title: 'Unhandled Errors Detection',
    ask: post('qwerty cop { abc }'),
    finds: tellsException,
  },
];

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation('PostgreSQL', production);
});
afterAll(() => installation.close());

test.each(checks)('graphql-cop finds nothing in production: $title', async ({ ask, finds }) => {
  const answers = await ask(installation.url);
  expect(answers.filter(finds)).toEqual([]);
});

test('it would have asked on: this is GraphQL', async () => {
  const { data } = await postJson(installation.url, { query: 'query cop { __typename }' });
  expect(data).toEqual({ __typename: 'Query' });
});
