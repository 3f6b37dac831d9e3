import { entities } from '../../src/domain/entities.ts';
import { Membership } from '../../src/domain/identity/membership.entity.ts';
import type { Agency } from './agency.ts';
import type { Rows } from './walk-ids.ts';

/** A row of every type that has ids, as an organization has it. */
export function rowsOf({ database, tenant }: Agency, types: string[]): Promise<Rows> {
  return database.withTenant(tenant, async (em) => {
    const rows = new Map<string, string>();
    for (const type of types) {
      const entity = entities.find(({ name }) => name === type) as (typeof entities)[number];
      const where = entity === Membership ? { role: 'CLIENT' } : {};
      const [row] = await em.find<{ id: string }>(entity as never, where as never, { limit: 1 });
      if (!row) throw new Error(`No ${type} is furnished`);
      rows.set(type, row.id);
    }
    return rows;
  });
}

/** Everything that an organization has, by table, but for what is generated of the rest of its row. */
export function contentOf({ database, tenant }: Agency): Promise<Map<string, object[]>> {
  return database.withTenant(tenant, async (em) => {
    const tables = await em.execute<{ name: string }[]>(
      `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
         and attname = 'organization_id' and has_table_privilege(pg_class.oid, 'select')`,
    );
    const content = new Map<string, object[]>();
    for (const { name } of tables) {
      const rows = await em.execute<{ row: object }[]>(
        `select to_jsonb(t) - array(
           select attname::text from pg_attribute where attrelid = '${name}'::regclass and attgenerated <> ''
         ) as row
         from ${name} t order by t::text`,
      );
      content.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return content;
  });
}
