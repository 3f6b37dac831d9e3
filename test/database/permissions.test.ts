import {
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { askers, openToAll, permissionTable } from '../../src/resolvers/permission-table.ts';
import { toGlobalId } from '../../src/schema/global-id.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';

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

const texts: Record<string, string> = {
  ID: JSON.stringify(toGlobalId('Client', '00000000-0000-4000-8000-000000000000')),
  String: '"some text"',
  Boolean: 'false',
  Int: '1',
  Float: '1',
  LocalDate: '"2026-01-01"',
  DateTimeISO: '"2100-01-01T00:00:00.000Z"',
  Decimal: '"1"',
};

/** Anything of a type that can be sent, and as little of it as can be. */
function anyOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return anyOf(type.ofType);
  if (isListType(type)) return `[${anyOf(type.ofType)}]`;
  // The role that all who may give any may give.
  if (type.name === 'Role') return 'CLIENT';
  if (isEnumType(type)) return String(type.getValues()[0]?.name);
  if (type.name === 'DateRangeInput') return '{ preset: YESTERDAY }';
  if (isInputObjectType(type)) return `{${argumentsOf(Object.values(type.getFields()))}}`;
  const text = texts[type.name];
  if (!text) throw new Error(`The test knows no ${type.name}`);
  return text;
}

function argumentsOf(given: readonly Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>[]) {
  return given
    .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
    .map(({ name, type }) => `${name}: ${anyOf(type)}`)
    .join(', ');
}

function fieldOf(kind: string, operation: string): GraphQLField<unknown, unknown> {
  const type = graph.schema.getType(kind === 'query' ? 'Query' : 'Mutation');
  const field = isObjectType(type) ? type.getFields()[operation] : undefined;
  if (!field) throw new Error(`There is no ${operation}`);
  return field;
}

/** What asking it comes to: a code, or nothing where it is answered. */
async function ask(viewer: Viewer | null, kind: string, operation: string) {
  const { args, type } = fieldOf(kind, operation);
  const given = args.length > 0 ? argumentsOf(args) : '';
  const selected = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
  const text = `${kind} { ${operation}${given && `(${given})`} ${selected} }`;
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
