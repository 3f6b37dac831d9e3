import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Page } from '../domain/paging.ts';

interface CountedPage extends Page<unknown> {
  totalCount(): Promise<number>;
}

/** Answer what connections have besides their edges: a list is counted where that is asked for, and only there. */
export function resolveConnections(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.name.endsWith('Connection')) continue;
    const { nodes, totalCount } = type.getFields();
    if (nodes) nodes.resolve = ({ edges }: CountedPage) => edges.map(({ node }) => node);
    if (totalCount) totalCount.resolve = (page: CountedPage) => page.totalCount();
  }
}
