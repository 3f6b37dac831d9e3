import { readFileSync } from 'node:fs';
import {
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isInputObjectType,
  Kind,
  parse,
} from 'graphql';
import { questions } from '../../../bench/graph/questions.ts';
import { buildGraph } from '../build-schema.ts';
import { createExaminer } from './examine-document.ts';
import { mostPoints } from './open-door.ts';
import { takesCredentials } from './takes-credentials.ts';

let schema: GraphQLSchema;
let examine: ReturnType<typeof createExaminer>;
beforeAll(async () => {
  schema = await buildGraph();
  examine = createExaminer(schema);
});

function price(query: string, variables: Record<string, unknown> = {}, name?: string): number {
  const operation = examine(query)?.operationOf(name);
  if (!operation) throw new Error('There is no such operation');
  return operation.priceWith(variables);
}

const operations = readFileSync('client/operations.graphql', 'utf8');
const names = parse(operations).definitions.flatMap((each) =>
  each.kind === Kind.OPERATION_DEFINITION && each.name ? each.name.value : [],
);
/** Four levels of ten. */
const variables: Record<string, Record<string, unknown>> = { Hierarchy: { first: 10 } };

test.each(names)('%s, which the product asks, is within the limits', (name) => {
  expect(price(operations, variables[name] ?? {}, name)).toBeLessThan(mostPoints / 4);
});

test.each(questions)('the question $name of the benchmark is, too', ({ ours }) => {
  expect(price(ours)).toBeLessThan(mostPoints / 4);
});

test('so is what an IDE asks of the schema', () => {
  const all = { descriptions: true, inputValueDeprecation: true, oneOf: true };
  expect(price(getIntrospectionQuery(all))).toBeLessThan(mostPoints / 4);
});

const campaigns = 'campaigns(first: $n) { edges { node { name } } }';

test.each([
  ['{ clients { edges { node { name } } pageInfo { endCursor } } }', {}, 51],
  ['{ clients(first: 20) { nodes { name } } }', {}, 21],
  ['{ clients(last: 20) { edges { node { name } } } }', {}, 21],
  ['{ clients(first: 20) { totalCount edges { node { feeds { name } } } } }', {}, 246],
  [`query ($n: Int = 5) { clients(first: 10) { edges { node { ${campaigns} } } } }`, {}, 71],
  [`query ($n: Int = 5) { clients(first: 10) { edges { node { ${campaigns} } } } }`, { n: 7 }, 91],
  [
    `query ($n: Int = 5) { clients(first: 10) { edges { node { ${campaigns} } } } }`,
    { n: null },
    521,
  ],
  ['query ($i: [ID!]!) { nodes(ids: $i) { id } }', { i: ['a', 'b', 'c'] }, 4],
  ['{ nodes(ids: ["a", "b"]) { id } }', {}, 3],
  [
    '{ clients(first: 4) { ...C } } fragment C on ClientConnection { edges { node { id } } }',
    {},
    5,
  ],
  ['{ unknown { field } viewer { unknown } }', {}, 1],
  ['{ clients(first: 5, orderBy: { metric: SPEND }) { nodes { name } } }', {}, 106],
  ['mutation { a: signOut { session { id } } b: signOut { session { id } } }', {}, 24],
  [
    'mutation { ...M } fragment M on Mutation { a: signOut { session { id } } b: signOut { session { id } } }',
    {},
    24,
  ],
])('%s %j costs %i', (query, given, points) => {
  expect(price(query, given)).toBe(points);
});

test('a document is priced anew for other sizes', () => {
  const query = 'query ($n: Int!) { clients(first: $n) { edges { cursor } } }';
  expect([1, 500, 500, 1].map((n) => price(query, { n }))).toEqual([2, 501, 501, 2]);
  expect(() => price(query, { n: 1001 })).toThrow('at most 1000');
  expect(price(query, { n: 1 })).toBe(2);
});

test('fragments that double each other cost no time', () => {
  const fragments = Array.from(
    { length: 10 },
    (_, each) =>
      `fragment F${each} on Viewer { organization { id } ...F${each + 1} ... { ...F${each + 1} } }`,
  );
  expect(price(`{ viewer { ...F0 } } ${fragments.join(' ')} fragment F10 on Viewer { role }`)).toBe(
    1024,
  );
});

test('the query that takes a secret counts its tries', () => {
  expect(takesCredentials(schema.getQueryType()?.getFields().invitationOffer)).toBe(true);
});

/** They keep a secret for later, and prove nobody by it. */
const keepSecrets = [
  ...['createPlatformCredential', 'updatePlatformCredential', 'setBucketCredential'],
];

test('every mutation that proves somebody by a secret is one that an operation tries once', () => {
  const secret = /password|secret|token$|^token|code|credentials?$/i;
  const isSecret = (type: unknown, name: string): boolean =>
    secret.test(name) ||
    (isInputObjectType(type) &&
      Object.values(type.getFields()).some((field) =>
        isSecret(getNamedType(field.type), field.name),
      ));
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const undeclared = fields.filter(
    (field) =>
      field.args.some(({ name, type }) => isSecret(getNamedType(type), name)) &&
      !takesCredentials(field) &&
      !keepSecrets.includes(field.name),
  );
  expect(undeclared.map(({ name }) => name)).toEqual([]);
});

test('documents are remembered up to a length, all together', () => {
  const wide = (name: string) =>
    `{ viewer { ${Array.from({ length: 2000 }, (_, n) => `${name}${n}`).join(' ')} } }`;
  const first = examine('{ viewer { role } }');
  expect(examine('{ viewer { role } }')).toBe(first);
  for (let each = 0; each < 100; each++) examine(wide(`f${each}_`));
  expect(examine('{ viewer { role } }')).not.toBe(first);
});
