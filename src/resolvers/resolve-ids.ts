import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { toGlobalId } from '../domain/global-id.ts';

/**
 * Make the id of a row, in every type of node, the id of the graph.
 *
 * Set on the schema itself, since every node of every list has one: a resolver of type-graphql costs more.
 */
export function resolveIds(schema: GraphQLSchema): void {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('The graph has no nodes');
  for (const type of schema.getPossibleTypes(node)) {
    const { id } = type.getFields();
    if (id) id.resolve = (row: { id: string }) => toGlobalId(type.name, row.id);
  }
}
