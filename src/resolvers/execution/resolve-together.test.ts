import { buildSchema, execute, type GraphQLResolveInfo, parse } from 'graphql';
import type { GraphContext } from '../context.ts';
import { fieldOf, resolveTogether } from './resolve-together.ts';

const schema = buildSchema(`
  type Numbers { one: Int two: Int }
  type Node { numbers: Numbers }
  type Query { nodes: [Node] node: Node }
`);

/** Only what is selected. */
const selected = ({ fieldNodes }: GraphQLResolveInfo) =>
  Object.fromEntries(
    fieldNodes.flatMap(({ selectionSet }) =>
      (selectionSet?.selections ?? []).map((each) => ['name' in each && each.name.value, 1]),
    ),
  );

test('graphql-js has all objects of a place resolved at once, and each place by all that it selects', async () => {
  const batches: number[] = [];
  resolveTogether(fieldOf<object>(schema, 'Node', 'numbers'), async (nodes, _, __, info) => {
    batches.push(nodes.length);
    return nodes.map(() => selected(info));
  });
  const document = parse(`
    { nodes { ...F } node { ...F numbers { two } } }
    fragment F on Node { numbers { one } }
  `);
  const node = {};
  const answer = await execute({
    schema,
    document,
    rootValue: { node, nodes: [node, {}] },
    contextValue: {} as GraphContext,
  });
  expect(answer).toEqual({
    data: {
      nodes: [{ numbers: { one: 1 } }, { numbers: { one: 1 } }],
      node: { numbers: { one: 1, two: 1 } },
    },
  });
  expect(batches).toEqual([2, 1]);
});
