import { type Client, escapeIdentifier } from 'pg';

/** A table that belongs in a backup, as the catalog has it. */
export interface CatalogTable {
  name: string;
  /** Those that are stored, in their order. */
  columns: string[];
  /** Whether the current role, as the operator, sees it whole. */
  isOpen: boolean;
}

/** What there is to back up: all tables but the record of migrations. */
export async function listTables(client: Client): Promise<CatalogTable[]> {
  const { rows } = await client.query<CatalogTable>(
    `select c.relname as name, columns.names as columns,
       has_table_privilege(c.oid, 'select')
         and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'operator') as "isOpen"
     from pg_class c
     cross join lateral (
       select array_agg(a.attname::text order by a.attnum) as names from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     ) columns
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'migrations'
     order by c.relname`,
  );
  return rows;
}

/** Columns as SQL names them. */
export function quoted(columns: string[]): string {
  return columns.map(escapeIdentifier).join(', ');
}
