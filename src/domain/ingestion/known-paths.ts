import { levels } from '../media/levels.ts';
import type { StagedSlice } from './staging.ts';

/** The channel that rows came through; entities belong to its client and, at the top, to its source. */
export interface RowOrigin {
  organizationId: string;
  clientId: string;
  source: string;
}

/** What {@link knownPaths} is asked with, in the order of its parameters. */
export function pathParameters(
  { organizationId, clientId, source }: RowOrigin,
  { runSliceId, fence }: StagedSlice,
): (string | number)[] {
  return [organizationId, clientId, source, runSliceId, fence];
}

/** The keys of the first levels, by which a path is told. */
export function keysOf(depth: number): string {
  return levels
    .slice(0, depth)
    .map(({ name }) => `${name}_key`)
    .join(', ');
}

/**
 * SQL of what is known of the names of staged rows, as the beginning of a `with`: `origin`, the rows `staged`,
 * and for each of their first `depth` levels `path1`.. with its keys and ids, null where a name is unknown.
 *
 * Each path is looked up once, however many rows have it, from its parent's. Nothing is known of the scratch
 * table's contents, and left to itself the planner would walk the client's whole hierarchy, or compare each row
 * with each path: its statements are run {@link withoutNestedLoops}, and what must be a look-up is written as one.
 */
export function knownPaths(depth: number): string {
  const paths = levels.slice(0, depth).map(({ name }, index) => {
    const upper = levels.slice(0, index).map((each) => `p.${each.name}_id, `);
    const keys = keysOf(index + 1);
    const parents = index === 0 ? '' : `join path${index} p using (${keysOf(index)})`;
    const parent =
      index === 0 ? '(select client_id from origin)' : `p.${levels[index - 1]?.name}_id`;
    return `path${index + 1} as materialized (
      select ${keys}, ${upper.join('')}a.entity_id as ${name}_id
      from (select distinct ${keys} from staged) k ${parents} ${aliasOf(parent, `${name}_key`)}
    )`;
  });
  return `origin as materialized (
      select ?::uuid as organization_id, ?::uuid as client_id, ?::text as source, ?::uuid as run_slice_id,
        ?::integer as fence
    ), staged as not materialized (
      select * from staging.media_rows
      where run_slice_id = (select run_slice_id from origin) and fence = (select fence from origin)
    )${paths.map((path) => `, ${path}`).join('')}`;
}

/** SQL of a look-up of the entity `a` that a name means within its parent; null where nobody has named it. */
export function aliasOf(parent: string, key: string): string {
  return `left join lateral (
      select entity_id from media_aliases
      where parent_id = ${parent} and key = ${key} and source = (select source from origin)
      offset 0
    ) a on true`;
}

/** For the transaction, until it is switched on again. */
export const withoutNestedLoops = 'set local enable_nestloop = off';
export const withNestedLoops = 'set local enable_nestloop = on';
