import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
// Which fields a selection has is found as graphql-js finds it, which keeps this to itself.
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { fragmentsOf } from '../limits/check-document.ts';
import { takesCredentials } from '../limits/takes-credentials.ts';

/** What a query asks for, type by type, found out once for all objects that are answered with it. */
export interface Plan {
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  fields: readonly PlannedField[];
}

/** A field of a selection on objects of one type. */
export interface PlannedField {
  /** Its key as JSON has it, with what comes before it. */
  prefix: string;
  parentType: GraphQLObjectType;
  definition: GraphQLField<unknown, unknown>;
  nodes: FieldNodes;
  shape: Shape;
}

/** Where an operation selects a field: at one place, or at several that are merged. */
type FieldNodes = readonly [FieldNode, ...FieldNode[]];

/** How values of a field's type are answered. */
export type Shape = (LeafShape | ListShape | ObjectShape) & { isNonNull: boolean };

export interface LeafShape {
  kind: 'leaf';
  type: GraphQLLeafType;
}

interface ListShape {
  kind: 'list';
  item: Shape;
}

export interface ObjectShape {
  kind: 'object';
  type: GraphQLObjectType | GraphQLAbstractType;
  fieldsOf(type: GraphQLObjectType): readonly PlannedField[];
}

type Variables = Readonly<Record<string, unknown>>;

const plans = new WeakMap<OperationDefinitionNode, Plan>();

/**
 * Plan a query.
 *
 * A plan is kept as long as its document, unless directives make it depend on variables.
 *
 * @param variables as they were coerced.
 * @returns undefined for what is no query, for what asks about the schema, and for what counts its tries: what
 *   fails by its plan is asked again.
 */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Plan | undefined {
  const known = plans.get(operation);
  if (known) return known;
  const type = schema.getQueryType();
  if (operation.operation !== 'query' || !type) return undefined;
  const fragments = fragmentsOf(document);
  const planner = { schema, fragments, variables };
  const nodes = collectFields(schema, fragments, variables, type, operation.selectionSet);
  const fields = planFields(planner, type, nodes);
  if (!fields) return undefined;
  const plan = { operation, fragments, fields };
  if (!hasDirectives(document)) plans.set(operation, plan);
  return plan;
}

interface Planner {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Variables;
}

/** @returns undefined where a field is not one of the type's own, since it asks about the schema, or counts its tries. */
function planFields(
  planner: Planner,
  parentType: GraphQLObjectType,
  nodesByKey: Map<string, readonly FieldNode[]>,
): PlannedField[] | undefined {
  const fields: PlannedField[] = [];
  for (const [key, nodes] of nodesByKey as Map<string, FieldNodes>) {
    const name = nodes[0].name.value;
    const definition =
      name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : parentType.getFields()[name];
    if (!definition || takesCredentials(definition)) return undefined;
    const prefix = `${fields.length > 0 ? ',' : ''}${JSON.stringify(key)}:`;
    const shape = shapeOf(planner, definition.type, nodes);
    fields.push({ prefix, parentType, definition, nodes, shape });
  }
  return fields;
}

function shapeOf(planner: Planner, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
  if (isNonNullType(type)) return { ...shapeOf(planner, type.ofType, nodes), isNonNull: true };
  const isNonNull = false;
  if (isListType(type)) {
    return { isNonNull, kind: 'list', item: shapeOf(planner, type.ofType, nodes) };
  }
  if (isLeafType(type)) return { isNonNull, kind: 'leaf', type };
  const { schema, fragments, variables } = planner;
  const planned = new Map<GraphQLObjectType, readonly PlannedField[]>();
  const fieldsOf = (objectType: GraphQLObjectType) => {
    const known = planned.get(objectType);
    if (known) return known;
    const subfields = collectSubfields(schema, fragments, variables, objectType, nodes);
    const fields = planFields(planner, objectType, subfields) ?? [];
    planned.set(objectType, fields);
    return fields;
  };
  return { isNonNull, kind: 'object', type, fieldsOf };
}

function hasDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive() {
      found = true;
      return BREAK;
    },
  });
  return found;
}
