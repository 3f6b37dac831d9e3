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
 * with each path: see {@link planBlindly}, and what must be a look-up is written as one.
 */
export function knownPaths(depth: number): string {
  const steps = levels.slice(0, depth);
  // From the bottom up, so that all rows are gone through once.
  const distinct = steps.map((_, index) => {
    const from = index === depth - 1 ? 'staged' : `keys${index + 2}`;
    return `keys${index + 1} as materialized (select distinct ${keysOf(index + 1)} from ${from})`;
  });
  const paths = steps.map(({ name }, index) => {
    const above = levels[index - 1];
    const parents = above ? `join path${index} p using (${keysOf(index)})` : '';
    const parent = above ? `p.${above.name}_id` : '(select client_id from origin)';
    const ids = levels.slice(0, index).map((each) => `p.${each.name}_id, `);
    return `path${index + 1} as materialized (
      select ${keysOf(index + 1)}, ${ids.join('')}a.entity_id as ${name}_id
      from keys${index + 1} ${parents} ${aliasOf(parent, `${name}_key`)}
    )`;
  });
  const origin = `origin as materialized (
      select ?::uuid as organization_id, ?::uuid as client_id, ?::text as source, ?::uuid as run_slice_id,
        ?::integer as fence
    )`;
  const staged = `staged as not materialized (
      select * from staging.media_rows
      where run_slice_id = (select run_slice_id from origin) and fence = (select fence from origin)
    )`;
  return [origin, staged, ...distinct.toReversed(), ...paths].join(', ');
}

/** SQL of a look-up of the entity `a` that a name means within its parent; null where nobody has named it. */
export function aliasOf(parent: string, key: string): string {
  return `left join lateral (
      select entity_id from media_aliases
      where parent_id = ${parent} and key = ${key} and source = (select source from origin)
      offset 0
    ) a on true`;
}

/**
 * Make the planner's choices for rows that it knows nothing of, within the transaction: it takes them for one
 * row, for which sorting and nested loops are as good as hashing.
 */
export const planBlindly = `select set_config('enable_nestloop', 'off', true),
  set_config('enable_sort', 'off', true), set_config('work_mem', '32MB', true)`;
/** The planner's own choices again. */
export const planAsUsual = `select set_config('enable_nestloop', 'on', true),
  set_config('enable_sort', 'on', true)`;
