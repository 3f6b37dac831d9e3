import type { EntityManager } from '@mikro-orm/postgresql';
import { levels } from '../media/levels.ts';
import { aliasOf, originParameters, originRow, type RowOrigin } from './media-alias.ts';

/**
 * Make the campaigns, strategies and placements that `slice_paths` names and nobody has named before, level by level,
 * and fill in their ids, with those of names that were made while the turn on the client's names was waited for.
 *
 * Ids ascend as they are made, so that indexes grow at their ends. Source: docs/rules.md, ingestion 9.
 */
export async function namePaths(em: EntityManager, origin: RowOrigin): Promise<void> {
  for (const [depth, { level, name, table, parentColumn }] of levels.slice(0, -1).entries()) {
    const parent = depth === 0 ? 'client_id' : `p.${parentColumn}`;
    const place = depth === 0 ? 'source' : parentColumn;
    await em.execute(
      `with origin as materialized (${originRow}), named as materialized (
         select ${parent} as parent_id, ${name}_key as key, min(${name}) as name
         from slice_paths p cross join origin where ${name}_id is null group by 1, 2
       ), looked_up as materialized (
         select n.*, a.entity_id from named n ${aliasOf('n.parent_id', 'n.key')}
       ), made as materialized (
         select parent_id, key, name, uuidv7() as entity_id
         from (select * from looked_up where entity_id is null order by parent_id, key) n
       ), aliases as (
         insert into media_aliases
           (organization_id, client_id, level, parent_id, source, key, name, entity_id)
         select organization_id, client_id, '${level}', parent_id, source, key, name, entity_id
         from made cross join origin
       ), entities as (
         insert into ${table} (id, organization_id, client_id, name, ${place})
         select entity_id, organization_id, client_id, name, ${depth === 0 ? 'source' : 'parent_id'}
         from made cross join origin
       )
       update slice_paths p set ${name}_id = m.entity_id
       from (
         select * from made
         union all select * from looked_up where entity_id is not null
       ) m cross join origin
       where p.${name}_id is null and m.key = p.${name}_key and m.parent_id = ${parent}`,
      originParameters(origin),
    );
  }
}
