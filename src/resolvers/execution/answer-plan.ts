import {
  defaultFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isObjectType,
} from 'graphql';
import type { LeafShape, ObjectShape, Plan, PlannedField, Shape } from './plan-operation.ts';
import { togetherOf } from './resolve-together.ts';

/** What a plan is answered for. */
interface Asked {
  schema: GraphQLSchema;
  /** As they were coerced. */
  variables: Readonly<Record<string, unknown>>;
  context: object;
}

type Answering = Asked & { plan: Plan };

/** What may be there already. */
type Soon<T> = T | Promise<T>;

/** JSON of each of many values, in their order. */
type Answers = Soon<readonly string[]>;

/**
 * Answer a planned query level by level: a field is resolved for all objects of a level at once, its arguments are
 * read once for all of them, and nothing is made of the answer but its text.
 *
 * It knows only how to succeed. Whatever fails, or is not there though it should be, fails it as a whole: how such
 * a query is answered is for graphql-js to say.
 *
 * @returns the data as JSON.
 */
export async function answerPlan(plan: Plan, asked: Asked): Promise<string> {
  const [data = ''] = await answerObjects({ ...asked, plan }, plan.fields, [undefined]);
  return data;
}

/** The fields of objects of one type. */
async function answerObjects(
  answering: Answering,
  fields: readonly PlannedField[],
  objects: readonly unknown[],
): Promise<readonly string[]> {
  const started = mapWhole(fields, (field) => answerField(answering, field, objects));
  const columns = await Promise.all(started);
  const prefixes = fields.map(({ prefix }) => prefix);
  return objects.map((_, row) => {
    let json = '{';
    for (let place = 0; place < columns.length; place++) {
      json += prefixes[place];
      json += columns[place]?.[row];
    }
    return `${json}}`;
  });
}

function answerField(
  answering: Answering,
  field: PlannedField,
  objects: readonly unknown[],
): Answers {
  const { definition, nodes, shape } = field;
  const { context, variables } = answering;
  const info = infoOf(answering, field);
  const given = getArgumentValues(definition, nodes[0], variables);
  const together = togetherOf(definition);
  if (together) {
    const resolved = together(objects, given, context, info);
    return resolved.then((values) => answerValues(answering, shape, info, values));
  }
  const resolve = definition.resolve ?? defaultFieldResolver;
  const values = mapWhole(objects, (object) => resolve(object, given, context, info));
  return answerValues(answering, shape, info, values);
}

function answerValues(
  answering: Answering,
  shape: Shape,
  info: GraphQLResolveInfo,
  values: readonly unknown[],
): Answers {
  if (values.some(isPromise)) {
    return Promise.all(values).then((all) => answerValues(answering, shape, info, all));
  }
  const present = values.filter((value) => value != null);
  if (present.length === values.length) return answerPresent(answering, shape, info, present);
  if (shape.isNonNull) throw new Error('Something is missing');
  const withNulls = (answers: readonly string[]) => {
    let next = 0;
    return values.map((value) => (value == null ? 'null' : String(answers[next++])));
  };
  if (present.length === 0) return withNulls([]);
  const answers = answerPresent(answering, shape, info, present);
  return isPromise(answers) ? answers.then(withNulls) : withNulls(answers);
}

function answerPresent(
  answering: Answering,
  shape: Shape,
  info: GraphQLResolveInfo,
  values: readonly unknown[],
): Answers {
  for (const value of values) if (value instanceof Error) throw value;
  if (shape.kind === 'leaf') return values.map((value) => answerLeaf(shape, value));
  if (shape.kind === 'list') return answerLists(answering, shape.item, info, values);
  const { type, fieldsOf } = shape;
  if (isObjectType(type)) return answerObjects(answering, fieldsOf(type), values);
  return answerByType(answering, shape, info, values);
}

function answerLeaf({ type }: LeafShape, value: unknown): string {
  const json = JSON.stringify(type.serialize(value));
  if (json === undefined || json === 'null') throw new Error('Something cannot be told');
  return json;
}

/** The items of all lists at once. */
async function answerLists(
  answering: Answering,
  item: Shape,
  info: GraphQLResolveInfo,
  values: readonly unknown[],
): Promise<readonly string[]> {
  const lists = values.map(itemsOf);
  const answers = await answerValues(answering, item, info, lists.flat());
  let next = 0;
  return lists.map(({ length }) => {
    const json = `[${answers.slice(next, next + length).join(',')}]`;
    next += length;
    return json;
  });
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('Something is no list');
}

/** Objects of an interface or union, those of each type at once. */
async function answerByType(
  answering: Answering,
  shape: ObjectShape,
  info: GraphQLResolveInfo,
  values: readonly unknown[],
): Promise<readonly string[]> {
  const rows = Map.groupBy(values.keys(), (row) => typeOf(answering, shape, info, values[row]));
  const answers: string[] = [];
  const ofType = async ([type, places]: [GraphQLObjectType, number[]]) => {
    const objects = places.map((place) => values[place]);
    const answered = await answerObjects(answering, shape.fieldsOf(type), objects);
    for (const [index, place] of places.entries()) answers[place] = String(answered[index]);
  };
  await Promise.all(Array.from(rows, ofType));
  return answers;
}

function typeOf(
  { schema, context }: Answering,
  { type }: ObjectShape,
  info: GraphQLResolveInfo,
  value: unknown,
): GraphQLObjectType {
  const name = 'resolveType' in type && type.resolveType?.(value, context, info, type);
  const found = typeof name === 'string' ? schema.getType(name) : undefined;
  if (!isObjectType(found))
    throw new Error(`It is not known of which type of ${type} something is`);
  return found;
}

/** What resolvers are told of a field. Its path is that of the selection, not of each object's place in the answer. */
function infoOf(
  { schema, plan, variables }: Answering,
  { definition, nodes, parentType }: PlannedField,
): GraphQLResolveInfo {
  const { name, type } = definition;
  return {
    fieldName: name,
    fieldNodes: nodes,
    returnType: type,
    parentType,
    path: { prev: undefined, key: name, typename: parentType.name },
    schema,
    fragments: plan.fragments,
    rootValue: undefined,
    operation: plan.operation,
    variableValues: variables,
  };
}

/** Map all or none: what was begun when one fails may fail too, and is not waited for. */
function mapWhole<T, U>(items: readonly T[], map: (item: T) => U): U[] {
  const mapped: U[] = [];
  try {
    for (const item of items) mapped.push(map(item));
  } catch (error) {
    for (const each of mapped) if (isPromise(each)) each.catch(() => undefined);
    throw error;
  }
  return mapped;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}
