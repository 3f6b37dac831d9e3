import { type GraphQLSchema, isObjectType } from 'graphql';

/** Count a list where its `totalCount` is asked for, and only there. */
export function resolveCounts(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const field = isObjectType(type) ? type.getFields().totalCount : undefined;
    if (field) field.resolve = (page: { totalCount(): Promise<number> }) => page.totalCount();
  }
}
