import type { EntityManager } from '@mikro-orm/postgresql';
import { levels } from '../media/levels.ts';
import { claimNames } from './claim-names.ts';
import { aliasOf, originParameters, originRow, type RowOrigin } from './media-alias.ts';
import { namePaths } from './name-paths.ts';
import type { StagedSlice } from './staging.ts';

/** The levels above the creatives. */
const above = levels.slice(0, -1);

/**
 * Make the temporary table `slice_paths`: the paths of staged rows by their numbers, with the ids of what is on them.
 *
 * @returns whether some were made: then it is the transaction's turn on the client's names.
 */
export async function findPaths(
  em: EntityManager,
  origin: RowOrigin,
  staged: StagedSlice,
): Promise<boolean> {
  await lookUpPaths(em, origin, staged);
  const [unknown] = await em.execute('select from slice_paths where placement_id is null limit 1');
  if (!unknown) return false;
  await claimNames(em, origin);
  await namePaths(em, origin);
  return true;
}

/** Each name is looked up once below its parent, however many paths have it. */
async function lookUpPaths(
  em: EntityManager,
  origin: RowOrigin,
  { runSliceId, fence }: StagedSlice,
): Promise<void> {
  // From the bottom up, so that all paths are gone through once.
  const distinct = above.map((_, index) => {
    const from = index === above.length - 1 ? 'paths' : `keys${index + 2}`;
    return `keys${index + 1} as materialized (select distinct ${keysOf(index + 1)} from ${from})`;
  });
  const found = above.map(({ name }, index) => {
    const parent = above[index - 1];
    const parents = parent ? `join found${index} p using (${keysOf(index)})` : '';
    const parentId = parent ? `p.${parent.name}_id` : '(select client_id from origin)';
    const ids = above.slice(0, index).map((each) => `p.${each.name}_id, `);
    return `found${index + 1} as materialized (
      select ${keysOf(index + 1)}, ${ids.join('')}a.entity_id as ${name}_id
      from keys${index + 1} ${parents} ${aliasOf(parentId, `${name}_key`)}
    )`;
  });
  await em.execute(
    `create temporary table slice_paths on commit drop as
     with origin as materialized (${originRow}), paths as materialized (
       select path, ${keysOf(above.length)}, campaign, strategy, placement from staging.media_rows
       where run_slice_id = ? and fence = ? and campaign is not null
     ), ${[...distinct.toReversed(), ...found].join(', ')}
     select * from paths join found${above.length} using (${keysOf(above.length)})`,
    [...originParameters(origin), runSliceId, fence],
  );
}

/** The keys of the first levels, by which a path is told. */
function keysOf(depth: number): string {
  return above
    .slice(0, depth)
    .map(({ name }) => `${name}_key`)
    .join(', ');
}
