import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page, PageRequest } from '../domain/paging.ts';

/** Where a page stands in its list. */
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo implements Readonly<Page<unknown>['pageInfo']> {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

/** Which page of a list is wanted: the first 50 where nothing is said. */
@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the start, 1 to 1,000; 50 where neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only what comes after the edge of this cursor.',
  })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, 1 to 1,000.' })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only what comes before the edge of this cursor.',
  })
  before?: string | null;
}

/**
 * The Relay connection type of a node type.
 *
 * @param isCounted whether it tells how long the list is: its resolver then gives a function for `totalCount`.
 */
export function connectionOf<T extends object>(
  nodeType: () => ClassType<T>,
  name: string,
  { isCounted = false } = {},
) {
  @ObjectType(`${name}Edge`, {
    description: `${/^[AEIOU]/.test(name) ? 'An' : 'A'} ${name} in a list.`,
  })
  class Edge {
    @Field(() => String, { description: 'Marks this place in the list.' })
    cursor!: string;

    @Field(nodeType, { description: `The ${name}.` })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} nodes.` })
  class Connection {
    @Field(() => [Edge], { description: 'The nodes, each with its cursor.' })
    edges!: Edge[];

    @Field(() => [nodeType()], { description: 'The nodes alone, for whoever needs no cursors.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;
  }
  if (isCounted) {
    const description = 'How many there are in the whole list; counted where it is asked for.';
    Field(() => Int, { description })(Connection.prototype, 'totalCount');
  }
  return Connection;
}
