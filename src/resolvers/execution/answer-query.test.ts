import fc from 'fast-check';
import {
  buildSchema,
  type DocumentNode,
  execute,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { answerQuery } from './answer-query.ts';

const schema = buildSchema(`
  enum Colour { RED GREEN }
  interface Thing { name: String! note: String colour: Colour one: Thing many: [Thing] strict: [Thing!]! }
  type Round implements Thing {
    name: String! note: String colour: Colour one: Thing many: [Thing] strict: [Thing!]! radius: Float own: Round
    grid: [[Int!]]
  }
  type Square implements Thing {
    name: String! note: String colour: Colour one: Thing many: [Thing] strict: [Thing!]! side: Int!
    echo(text: String!, times: Int = 1): String
  }
  type Query { thing: Thing round: Round echo(text: String!, times: Int = 1): String try(token: String!): String }
`);
for (const type of Object.values(schema.getTypeMap())) {
  if (isInterfaceType(type)) type.resolveType = ({ kind }) => kind;
  if (!isObjectType(type)) continue;
  const { echo } = type.getFields();
  if (echo) echo.resolve = (_, { text, times }) => text.repeat(times);
}
const root = schema.getQueryType()?.getFields();
if (root?.thing) root.thing.resolve = (_, __, { thing }) => thing();
if (root?.try) root.try.extensions = { takesCredentials: true };
if (root?.round) root.round.resolve = (_, __, { round }) => round();

/** Whether values are there at once, later, or some of both. */
type Mode = 'sync' | 'async' | 'mixed';

const fail = () => {
  throw new Error('it failed');
};

/**
 * What gives a value whenever it is asked for, or seldom none. With some of both none fail: what fails at once beside
 * what fails later leaves graphql-js with a rejection that it does not hear.
 */
function soon<T>(value: fc.Arbitrary<T>, mode: Mode): fc.Arbitrary<() => unknown> {
  const either = fc.oneof(
    { weight: 25, arbitrary: value.map((it) => () => it) },
    {
      weight: mode === 'mixed' ? 0 : 1,
      arbitrary: fc.constantFrom(
        () => null,
        fail,
        () => new Error('wrong'),
      ),
    },
  );
  const later = mode === 'mixed' ? fc.boolean() : fc.constant(mode === 'async');
  return fc.tuple(either, later).map(([get, isLater]) => (isLater ? async () => get() : get));
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
const dataOf = (mode: Mode) => {
  const { thing, round } = fc.letrec<{ thing: object; round: object }>((tie) =>
    thingsOf(mode, tie),
  );
  return fc.record({ thing: soon(thing, mode), round: soon(round, mode) });
};

function thingsOf(mode: Mode, tie: fc.LetrecLooselyTypedTie) {
  const of = <T>(value: fc.Arbitrary<T>) => soon(value, mode);
  const listed = fc.array(
    fc.oneof({ maxDepth: 3, depthIdentifier: 'things' }, fc.constant(null), tie('thing')),
    { maxLength: 4 },
  );
  const mostly = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 20 });
  const shared = {
    name: of(text),
    note: of(mostly(text)),
    colour: of(fc.oneof({ weight: 20, arbitrary: fc.constantFrom('RED', 'GREEN') }, text)),
    one: of(fc.option(tie('thing'), { maxDepth: 3, depthIdentifier: 'things' })),
    many: of(listed),
    strict: of(listed.map((all) => all.filter((each) => each !== null))),
  };
  return {
    round: fc.record({
      ...{ ...shared, kind: fc.constant('Round') },
      radius: of(fc.double({ noNaN: true, noDefaultInfinity: true })),
      own: of(fc.option(tie('round'), { maxDepth: 3, depthIdentifier: 'things' })),
      grid: of(fc.array(fc.array(fc.integer({ min: -9, max: 9 })))),
    }),
    thing: fc.oneof(
      tie('round') as fc.Arbitrary<object>,
      fc.record({ ...shared, kind: fc.constant('Square'), side: of(fc.nat(99)) }),
    ),
  };
}

/** Selections of a type, as people write them and as nobody would. */
const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => {
  const inner = fc.option(tie('selections'), {
    ...{ nil: '{ __typename }', maxDepth: 3, depthIdentifier: 'selections' },
  });
  const when = fc.constantFrom(
    '',
    '',
    '',
    '@include(if: $yes)',
    '@skip(if: $yes)',
    '@skip(if: $no)',
  );
  const leaf = fc.constantFrom('name', 'note', 'other: note', 'colour', '__typename');
  const echo = fc.constantFrom(
    'echo(text: $text)',
    'twice: echo(text: $text, times: 2)',
    'often: echo(text: "x", times: $times)',
  );
  const branch = fc.constantFrom('one', 'many', 'strict');
  const field = fc.oneof(
    fc.tuple(leaf, when).map((parts) => parts.join(' ')),
    fc.tuple(branch, when, inner).map((parts) => parts.join(' ')),
    fc.tuple(echo, when).map((parts) => `... on Square { side ${parts.join(' ')} }`),
    fc
      .tuple(when, inner)
      .map(([isThere, of]) => `... on Round { radius grid own ${isThere} ${of} }`),
    fc.tuple(when, inner).map(([isThere, of]) => `... ${isThere} ${of}`),
    fc.constant('...Named'),
  );
  return {
    selection: field,
    selections: fc
      .array(tie('selection'), { minLength: 1, maxLength: 4 })
      .map((all) => `{ ${all.join(' ')} }`),
  };
});

const queries = fc
  .tuple(selections, selections, selections)
  .map(
    ([ofThing, ofRound, named]) => `
      query Q($yes: Boolean!, $no: Boolean = false, $text: String!, $times: Int) {
        thing ${ofThing} round ${ofRound} again: thing { ...Named } echo(text: $text, times: $times)
        __typename
      }
      fragment Named on Thing ${named.replaceAll('...Named', 'name')}`,
  )
  .map((query) => parse(query))
  .filter((document) => validate(schema, document).length === 0);

const operationOf = (document: DocumentNode) =>
  getOperationAST(document) as OperationDefinitionNode;

test('a query is answered by its plan as by graphql-js, to the letter; what fails is left to it', async () => {
  let planned = 0;
  await fc.assert(
    fc.asyncProperty(
      queries,
      fc.constantFrom<Mode>('sync', 'async', 'mixed').chain(dataOf),
      fc.record({ yes: fc.boolean(), text, times: fc.nat(3) }, { requiredKeys: ['yes', 'text'] }),
      async (document, context, variables) => {
        const operation = operationOf(document);
        const executed = await execute({
          ...{ schema, document, variableValues: variables, contextValue: context },
        });
        // Twice, the second time by the plan that was kept.
        for (const _ of [1, 2]) {
          const answered = await answerQuery(schema, { document, operation, variables, context });
          const expected = executed.errors ? null : JSON.stringify(executed.data);
          expect(answered).toBe(expected);
          planned += Number(answered !== null);
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(planned).toBeGreaterThan(100);
});

test('a plan that depends on variables is not kept for others', async () => {
  const document = parse(
    'query ($yes: Boolean!) { echo(text: "a") again: echo(text: "b") @include(if: $yes) }',
  );
  const ask = (yes: boolean) =>
    answerQuery(schema, {
      document,
      operation: operationOf(document),
      variables: { yes },
      context: {},
    });
  expect(await ask(true)).toBe('{"echo":"a","again":"b"}');
  expect(await ask(false)).toBe('{"echo":"a"}');
  expect(await ask(true)).toBe('{"echo":"a","again":"b"}');
});

test.each([
  ['a question about the schema', '{ __schema { queryType { name } } }', {}],
  ['what counts its tries', '{ echo(text: "a") try(token: "guess") }', {}],
  ['a variable that is missing', 'query ($text: String!) { echo(text: $text) }', {}],
  ['a variable of another type', 'query ($n: Int) { echo(text: "a", times: $n) }', { n: 'x' }],
])('%s is left to graphql-js', async (_, query, variables) => {
  const document = parse(query);
  const operation = operationOf(document);
  const asked = { document, operation, variables, context: {} };
  expect(await answerQuery(schema, asked)).toBeNull();
});

test('one that fails leaves nothing behind that fails unheard', async () => {
  const late = Promise.withResolvers<never>();
  const thing = () => ({ kind: 'Square', note: () => late.promise, name: fail });
  const document = parse('{ thing { note name } }');
  const operation = operationOf(document);
  const context = { thing };
  const asked = { document, operation, variables: {}, context };
  expect(await answerQuery(schema, asked)).toBeNull();
  late.reject(new Error('too late'));
  await expect(late.promise).rejects.toThrow('too late');
});
