import type { EntityManager } from '@mikro-orm/postgresql';

/** A column of encrypted values. Every one is found, since all of them are named so. */
export interface EncryptedColumn {
  table: string;
  column: string;
  /** The table's primary key, a uuid. */
  key: string;
  /** Whether its rows are an organization's; those of others are reached by functions only. */
  isTenants: boolean;
}

/** The columns whose names end in `_ciphertext`. */
export async function findEncryptedColumns(em: EntityManager): Promise<EncryptedColumn[]> {
  const rows = await em.execute<
    { table: string; column: string; key: string; is_tenants: boolean }[]
  >(
    `select t.relname as table, c.attname as column, k.attname as key,
       exists (
         select from pg_attribute o where o.attrelid = t.oid and o.attname = 'organization_id'
       ) as is_tenants
     from pg_class t
     join pg_attribute c on c.attrelid = t.oid and c.attname like '%\\_ciphertext' and not c.attisdropped
     join pg_index i on i.indrelid = t.oid and i.indisprimary
     join pg_attribute k on k.attrelid = t.oid and k.attnum = i.indkey[0]
     where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
     order by 1, 2`,
  );
  return rows.map(({ is_tenants: isTenants, ...place }) => ({ ...place, isTenants }));
}
