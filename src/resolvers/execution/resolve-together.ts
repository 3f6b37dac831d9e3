import DataLoader from 'dataloader';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { GraphContext } from '../context.ts';

/** Resolves a field for many objects at once. @returns a value for each, in their order. */
export type ResolveTogether<Source, Args, Value> = (
  objects: readonly Source[],
  args: Args,
  context: GraphContext,
  info: GraphQLResolveInfo,
) => Promise<readonly Value[]>;

type FieldNodes = readonly FieldNode[];
type FieldOf<Source> = GraphQLField<Source, GraphContext>;

const together: unique symbol = Symbol('together');

/** Have a field resolved for all objects of a level at once; where graphql-js asks for one by one, they are gathered. */
export function resolveTogether<Source extends object, Args, Value>(
  field: FieldOf<Source>,
  resolve: ResolveTogether<Source, Args, Value>,
): void {
  field.extensions = { ...field.extensions, [together]: resolve };
  // By all nodes of a place: at another, one of them may be merged with others, which select more. graphql-js finds
  // the nodes of a place once, for all of its objects.
  const gathered = new WeakMap<GraphContext, Map<FieldNodes, DataLoader<Source, Value>>>();
  field.resolve = (object, args, context, info) => {
    const { fieldNodes } = info;
    const ofOperation = gathered.get(context) ?? new Map();
    gathered.set(context, ofOperation);
    const loader =
      ofOperation.get(fieldNodes) ??
      new DataLoader<Source, Value>((objects) => resolve(objects, args as Args, context, info));
    ofOperation.set(fieldNodes, loader);
    return loader.load(object);
  };
}

/** A field of an object type. @throws {Error} where there is none. */
export function fieldOf<Source>(
  schema: GraphQLSchema,
  typeName: string,
  name: string,
): FieldOf<Source> {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`${typeName} has no field ${name}`);
  return field;
}

/** How a field is resolved for many objects at once; undefined where that is done one by one. */
export function togetherOf({
  extensions,
}: Pick<FieldOf<unknown>, 'extensions'>): Together | undefined {
  return (extensions as { [together]?: Together })[together];
}

type Together = (
  objects: readonly unknown[],
  args: object,
  context: object,
  info: GraphQLResolveInfo,
) => Promise<readonly unknown[]>;
