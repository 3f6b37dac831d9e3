import type { EntityManager } from '@mikro-orm/postgresql';
import { claimNames } from './claim-names.ts';
import { aliasOf, originParameters, originRow, type RowOrigin } from './media-alias.ts';

/**
 * Make the creatives of `slice_rows` that are new, whose rows have agreed on an id by then.
 *
 * @param isTurn whether the rows were looked up when it was the transaction's turn on the client's names: otherwise they
 *   are looked up again, since others may have made them meanwhile. Source: docs/rules.md, ingestion 9.
 */
export async function nameCreatives(
  em: EntityManager,
  origin: RowOrigin,
  isTurn: boolean,
): Promise<void> {
  if (!isTurn) {
    await claimNames(em, origin);
    await lookUpAgain(em, origin);
  }
  const [repeated] = await em.execute(
    'select from slice_rows where is_new group by placement_id, key having count(*) > 1 limit 1',
  );
  if (repeated) await em.execute(agree);
  await em.execute(
    `with origin as materialized (${originRow}), aliases as (
       insert into media_aliases
         (organization_id, client_id, level, parent_id, source, key, name, entity_id)
       select o.organization_id, o.client_id, 'CREATIVE', placement_id, o.source, key, name, creative_id
       from slice_rows cross join origin o where is_new
     )
     insert into creatives (id, organization_id, client_id, placement_id, name)
     select creative_id, o.organization_id, o.client_id, placement_id, name
     from slice_rows cross join origin o where is_new`,
    originParameters(origin),
  );
}

async function lookUpAgain(em: EntityManager, origin: RowOrigin): Promise<void> {
  await em.execute(
    `with origin as materialized (${originRow}), known as materialized (
       select n.placement_id, n.key, a.entity_id
       from (select distinct placement_id, key from slice_rows where is_new) n
       ${aliasOf('n.placement_id', 'n.key')}
     )
     update slice_rows r set creative_id = k.entity_id, is_new = false
     from known k
     where r.is_new and k.entity_id is not null and k.placement_id = r.placement_id and k.key = r.key`,
    originParameters(origin),
  );
}

/** Of several rows of one new creative the first by its spelling names it, and all have its id. */
const agree = `
  update slice_rows r set creative_id = f.creative_id, is_new = r.creative_id = f.creative_id
  from (
    select distinct on (placement_id, key) placement_id, key, creative_id
    from slice_rows where is_new order by placement_id, key, name, creative_id
  ) f
  where r.is_new and r.placement_id = f.placement_id and r.key = f.key`;
