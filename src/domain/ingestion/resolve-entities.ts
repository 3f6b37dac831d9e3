import type { EntityManager } from '@mikro-orm/postgresql';
import { levels } from '../media/levels.ts';
import type { StagedSlice } from './staging.ts';

/** The channel that rows came through; entities belong to its client and, at the top, to its source. */
export interface RowOrigin {
  organizationId: string;
  clientId: string;
  source: string;
}

/**
 * Create the entities that staged rows name and nobody has named before, level by level, in SQL over the
 * whole set.
 *
 * Two loads that meet a new name at once agree on one entity: the alias is the claim to it.
 * Source: docs/rules.md, ingestion 9.
 */
export async function createMissingEntities(
  em: EntityManager,
  { organizationId, clientId, source }: RowOrigin,
  staged: StagedSlice,
): Promise<void> {
  for (const [depth, { level, name, table, parentColumn }] of levels.entries()) {
    const parent = depth === 0 ? '?::uuid' : `a${depth - 1}.entity_id`;
    const keys = levels.slice(0, depth + 1).map((upper) => `${upper.name}_key`);
    const ownColumns = depth === 0 ? 'client_id, source' : `client_id, ${parentColumn}`;
    const ownValues = depth === 0 ? 'parent_id, ?' : '?, parent_id';
    await em.execute(
      `with named as materialized (
         select ${keys.join(', ')}, min(${name}) as name from staging.media_rows
         where run_slice_id = ? and fence = ? group by ${keys.join(', ')}
       ), wanted as materialized (
         select ${parent} as parent_id, s.${name}_key as key, s.name from named s ${aliasJoins(depth)}
       ), claimed as (
         insert into media_aliases
           (organization_id, client_id, level, parent_id, source, key, name, entity_id)
         select ?, ?, '${level}', parent_id, ?, key, name, gen_random_uuid() from wanted w
         where not exists (
           select from media_aliases a
           where a.parent_id = w.parent_id and a.key = w.key and a.source = ?
         )
         order by parent_id, key
         on conflict do nothing
         returning entity_id, parent_id, name
       )
       insert into ${table} (id, organization_id, ${ownColumns}, name)
       select entity_id, ?, ${ownValues}, name from claimed`,
      [
        ...[staged.runSliceId, staged.fence],
        ...(depth === 0 ? [clientId] : [clientId, source]),
        ...[organizationId, clientId, source, source],
        ...[organizationId, depth === 0 ? source : clientId],
      ],
    );
  }
}

/**
 * The joins from staged rows `s` to the aliases `a0`.. of their first `depth` levels; a row whose name is
 * unknown keeps nulls. Parameters: client id and source, where `depth` is not 0.
 *
 * They are written, and the transaction's `join_collapse_limit` is 1, so that they are look-ups from the rows
 * to the aliases: nothing is known of the scratch table's contents, and left to itself the planner walks the
 * client's whole hierarchy and reads the scratch once for each creative.
 */
export function aliasJoins(depth: number): string {
  return levels
    .slice(0, depth)
    .map(({ name }, index) =>
      index === 0
        ? `left join media_aliases a0
             on a0.parent_id = ?::uuid and a0.key = s.${name}_key and a0.source = ?`
        : `left join media_aliases a${index}
             on a${index}.parent_id = a${index - 1}.entity_id and a${index}.key = s.${name}_key`,
    )
    .join('\n');
}
