import type { EntityManager } from '@mikro-orm/postgresql';
import { levels } from '../media/levels.ts';
import { aliasOf, keysOf, knownPaths, pathParameters, type RowOrigin } from './known-paths.ts';
import type { StagedSlice } from './staging.ts';

/**
 * Create the entities that staged rows name and nobody has named before, level by level, in SQL over the
 * whole set.
 *
 * Two loads that meet a new name at once agree on one entity: the alias is the claim to it.
 * Source: docs/rules.md, ingestion 9.
 */
export async function createMissingEntities(
  em: EntityManager,
  origin: RowOrigin,
  staged: StagedSlice,
): Promise<void> {
  for (const [depth, { level, name, table, parentColumn }] of levels.entries()) {
    const parent = depth === 0 ? 'o.client_id' : `p.${levels[depth - 1]?.name}_id`;
    const parents = depth === 0 ? '' : `join path${depth} p using (${keysOf(depth)})`;
    const place = depth === 0 ? 'client_id, source' : `client_id, ${parentColumn}`;
    await em.execute(
      `with ${knownPaths(depth)}, named as materialized (
         select ${keysOf(depth + 1)}, min(${name}) as name from staged group by ${keysOf(depth + 1)}
       ), claimed as (
         insert into media_aliases
           (organization_id, client_id, level, parent_id, source, key, name, entity_id)
         select o.organization_id, o.client_id, '${level}', ${parent}, o.source, n.${name}_key, n.name,
           gen_random_uuid()
         from named n ${parents} cross join origin o ${aliasOf(parent, `n.${name}_key`)}
         where a.entity_id is null
         order by ${parent}, n.${name}_key
         on conflict do nothing
         returning entity_id, parent_id, name
       )
       insert into ${table} (id, organization_id, ${place}, name)
       select c.entity_id, o.organization_id, o.client_id, ${depth === 0 ? 'o.source' : 'c.parent_id'}, c.name
       from claimed c cross join origin o`,
      pathParameters(origin, staged),
    );
  }
}
