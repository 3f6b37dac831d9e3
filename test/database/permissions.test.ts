import { type GraphQLError, type GraphQLField, isObjectType, parse } from 'graphql';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { askers, openToAll, permissionTable } from '../../src/resolvers/permission-table.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { writeField } from '../support/write-field.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

function fieldOf(kind: string, operation: string): GraphQLField<unknown, unknown> {
  const type = graph.schema.getType(kind === 'query' ? 'Query' : 'Mutation');
  const field = isObjectType(type) ? type.getFields()[operation] : undefined;
  if (!field) throw new Error(`There is no ${operation}`);
  return field;
}

/** What asking it comes to: a code, or nothing where it is answered. */
async function ask(viewer: Viewer | null, kind: string, operation: string) {
  const text = `${kind} { ${writeField(fieldOf(kind, operation))} }`;
  const { result } = await graph.run(viewer, parse(text) as never, {});
  const error = result.errors?.[0] as
    | (GraphQLError & { originalError?: { code?: string } })
    | undefined;
  return error?.originalError?.code;
}

test.each(askers.map(({ name, viewer }) => [name, viewer] as const))(
  '%s is let in where the table says so, and nowhere else',
  async (name, viewer) => {
    const { organizationId } = agency.tenant;
    const userId = viewer.userId && agency.actor.userId;
    const asks = { ...viewer, organizationId, userId };
    const differing: string[] = [];
    for (const { kind, operation, askers: allowed } of permissionTable(graph.schema)) {
      const isRefused = (await ask(asks, kind, operation)) === 'FORBIDDEN';
      if (isRefused === allowed.includes(name)) differing.push(operation);
    }
    expect(differing).toEqual([]);
  },
);

test('who is not signed in is let in where they prove who they are, and nowhere else', async () => {
  const open: string[] = [];
  for (const { kind, operation } of permissionTable(graph.schema)) {
    if ((await ask(null, kind, operation)) !== 'UNAUTHENTICATED') open.push(operation);
  }
  expect(open.toSorted()).toEqual(openToAll.toSorted());
});
