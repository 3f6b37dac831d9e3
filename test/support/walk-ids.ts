import { randomUUID } from 'node:crypto';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLField,
  isInterfaceType,
  isObjectType,
  parse,
  subscribe,
} from 'graphql';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { createGraph } from './graph.ts';
import { idPaths, isOptional, writeField } from './write-field.ts';

type Graph = Awaited<ReturnType<typeof createGraph>>;

/** Ids of rows by the type of the graph. */
export type Rows = ReadonlyMap<string, string>;

/** A place of an id in the arguments of a field, and the document with ids in such places. */
interface Place {
  name: string;
  kind: string;
  field: GraphQLField<unknown, unknown>;
  path: string;
  document(ids: Record<string, string>, own: Rows): string | undefined;
}

/** They prove who asks before they look at the id: sign-in.test.ts asks them. */
const provingFirst = ['signIn', 'signInWithTicket'];

const mediaTypes = ['Campaign', 'Strategy', 'Placement', 'Creative'];

/** The id of a type's row. */
export const globalId = (rows: Rows, type: string) => toGlobalId(type, rows.get(type) ?? '');

/** What is said, but for the id that was asked for and the moment when. */
export function withoutId(said: string, id: string): string {
  const row = parseGlobalId(id)?.id ?? id;
  const text = said.replaceAll(id, 'ID').replaceAll(row, 'ID');
  return text.replaceAll(/"asOf":"[^"]+"/g, '"asOf":"now"');
}

/** Asks a graph, wherever an id can be given. */
export function createIdWalk(graph: Graph) {
  const node = graph.schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('There is no Node');
  /** The types that have ids. */
  const types = graph.schema.getImplementations(node).objects.map(({ name }) => name);

  function placesOf(): Place[] {
    const places = ['Query', 'Mutation', 'Subscription', ...types].flatMap((parent) => {
      const type = graph.schema.getType(parent);
      const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
      return fields
        .filter(({ name }) => !provingFirst.includes(name))
        .flatMap((field) => idPaths(field.args).map((path) => placeIn(parent, field, path)));
    });
    // What is removed is there for the others to find.
    const removes = ({ name }: Place) => Number(name.includes('remove'));
    return places.toSorted((one, other) => removes(one) - removes(other));
  }

  function placeIn(parent: string, field: Place['field'], path: string): Place {
    const place = { name: `${parent}.${field.name}(${path})`, field, path };
    if (!types.includes(parent)) {
      const kind = parent.toLowerCase();
      return { ...place, kind, document: (ids) => `${kind} { ${writeField(field, ids, 3)} }` };
    }
    const document: Place['document'] = (ids, own) =>
      own.has(parent)
        ? `{ node(id: "${globalId(own, parent)}") { ... on ${parent} { ${writeField(field, ids, 3)} } } }`
        : undefined;
    return { ...place, kind: 'query', document };
  }

  /** What a place takes: told by its name, or anything that has an id. */
  function typesAt(path: string): string[] {
    const name = path.split('.').at(-1)?.replace(/Ids?$/, '') ?? '';
    if (name.toLowerCase().endsWith('media')) return mediaTypes;
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    return types.includes(type) ? [type] : types;
  }

  /** What an answer says, whatever the id is. */
  async function answerTo(viewer: Viewer, { kind }: Place, text: string, id: string) {
    const { data, errors } = await (kind === 'subscription' ? firstEvent : answer)(viewer, text);
    const told = errors?.map(({ message, path, originalError }) => {
      const { code, fields } = (originalError ?? {}) as { code?: string; fields?: string[] };
      return { message, path, code, fields };
    });
    return { said: withoutId(JSON.stringify({ data, told }), id), code: told?.[0]?.code };
  }

  async function answer(viewer: Viewer, text: string): Promise<ExecutionResult> {
    return (await graph.run(viewer, parse(text) as never, {})).result;
  }

  async function firstEvent(viewer: Viewer, text: string): Promise<ExecutionResult> {
    const contextValue = graph.contextOf(viewer);
    const events = await subscribe({ schema: graph.schema, document: parse(text), contextValue });
    if (!(Symbol.asyncIterator in events)) return events;
    try {
      const { value } = await events.next();
      return value as ExecutionResult;
    } catch (error) {
      return { errors: [new GraphQLError('', { originalError: error as Error })] };
    } finally {
      await events.return?.();
      await contextValue.close();
    }
  }

  /**
   * Ask everything that takes an id for what is somebody else's, and for what is not there.
   *
   * @returns places that tell the two apart, and those where an id was never looked for.
   */
  async function walk(viewer: Viewer, own: Rows, foreign: Rows) {
    const told: string[] = [];
    const unreached: string[] = [];
    for (const place of placesOf()) {
      let isReached = false;
      for (const type of typesAt(place.path)) {
        for (const beside of idsBeside(place, own)) {
          const missing = toGlobalId(type, randomUUID());
          const text = place.document({ ...beside, [place.path]: missing }, own);
          if (!text) continue;
          const expected = await answerTo(viewer, place, text, missing);
          if (expected.code === 'BAD_USER_INPUT' || expected.code === 'FORBIDDEN') continue;
          isReached = true;
          if (!foreign.has(type)) continue;
          const id = globalId(foreign, type);
          const { said } = await answerTo(viewer, place, text.replaceAll(missing, id), id);
          if (said !== expected.said) told.push(`${place.name} of ${type}: ${said}`);
        }
      }
      if (!isReached) unreached.push(place.name);
    }
    return { told, unreached };
  }

  /** Ids of one's own that a field cannot do without, beside the one at a place. */
  function idsBeside({ field, path }: Place, own: Rows): Record<string, string>[] {
    const [other] = idPaths(field.args).filter(
      (each) => each !== path && !isOptional(field.args, each),
    );
    if (!other) return [{}];
    return typesAt(other).map((type) => ({ [other]: globalId(own, type) }));
  }

  return { types, places: placesOf().map(({ name }) => name), walk };
}
