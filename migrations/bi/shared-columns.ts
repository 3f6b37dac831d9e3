import type { BiColumn } from './bi-view.ts';

/** A level of the media hierarchy. */
export interface Level {
  name: string;
  table: string;
  parentColumn: string;
}

/** From the top. */
export const levels: readonly Level[] = [
  { name: 'campaign', table: 'campaigns', parentColumn: 'client_id' },
  { name: 'strategy', table: 'strategies', parentColumn: 'campaign_id' },
  { name: 'placement', table: 'placements', parentColumn: 'strategy_id' },
  { name: 'creative', table: 'creatives', parentColumn: 'placement_id' },
];

/** Of a table `client`. */
export const clientColumns: readonly BiColumn[] = [
  ['client_id', 'client.id', 'The client: joins bi.clients.'],
  ['client_name', 'client.name', 'The name of the client.'],
];

/** Of a table `feed`. */
export const feedColumns: readonly BiColumn[] = [
  ['feed_id', 'feed.id', 'The feed: joins bi.feeds.'],
  ['feed_name', 'feed.name', 'The name of the feed.'],
  ['source', 'feed.source', 'Where it comes from, such as SURFSIDE.'],
];

/** Of what {@link followMerge} joins. */
export function levelColumns({ name, table }: Level): BiColumn[] {
  return [
    [`${name}_id`, `${name}_key.canonical_id`, `The ${name}, merges followed: joins bi.${table}.`],
    [`${name}_name`, `${name}.name`, `The name of the ${name}.`],
  ];
}

/**
 * SQL that joins what the entity of an id counts towards: itself, or what it was merged into.
 *
 * Two joins by primary key, of which the planner leaves out those that a query does not need, and which it begins
 * with where a query asks for one entity.
 */
export function followMerge({ name, table, parentColumn }: Level, id: string): string {
  return `
      left join (
        select id, ${parentColumn}, coalesce(canonical_id, id) as canonical_id from ${table}
      ) ${name}_key on ${name}_key.id = ${id}
      left join ${table} ${name} on ${name}.id = ${name}_key.canonical_id`;
}

/** SQL of an entity's id in the GraphQL API. */
export function graphIdColumn(type: string, id: string): BiColumn {
  return ['graph_id', `bi.graph_id('${type}', ${id})`, 'Its id in the GraphQL API.'];
}
