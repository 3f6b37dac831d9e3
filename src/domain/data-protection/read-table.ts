import type { EntityManager } from '@mikro-orm/postgresql';

/** Rows of a table that belong to somebody. */
export interface TableQuestion {
  table: string;
  column: string;
  /** Of the client or user. */
  id: string;
  /** Columns to leave out. */
  without?: readonly string[];
}

export interface ReadColumn {
  name: string;
  /** Whether a spreadsheet would take it for a formula. */
  isText: boolean;
}

export type ReadRow = Record<string, unknown>;

/** A table as it is at one instant, to be read more than once. */
export interface TableReading {
  columns: ReadColumn[];
  /** Its rows from the first on, some thousands at a time. */
  batches(): AsyncGenerator<ReadRow[]>;
  close(): Promise<void>;
}

interface StoredColumn {
  name: string;
  type: string;
  category: string;
}

const batchSize = 2_000;
/** What proves or finds somebody, and says nothing about them. */
const secret = /(_hash|_hashes|_index|^secret_ciphertext|^letter_ciphertext|^last_step)$/;
const encrypted = /_ciphertext$/;

/**
 * Read the rows of a table by a cursor, so that any number of them takes no more memory. Secrets and hashes are left
 * out, and what is encrypted is decrypted; amounts stay exact, as text.
 */
export async function readTable(
  em: EntityManager,
  decrypt: (ciphertext: string) => string,
  { table, column, id, without = [] }: TableQuestion,
): Promise<TableReading> {
  const stored = (await findColumns(em, table)).filter(
    ({ name }) => !secret.test(name) && !without.includes(name),
  );
  const cursor = `export_${table}`;
  const selected = stored.map((each) => `${selectedAs(each)} as "${each.name}"`).join(', ');
  await em.execute(
    `declare ${cursor} scroll cursor for select ${selected} from ${table} t where t.${column} = ?`,
    [id],
  );
  const sealed = stored.map(({ name }) => name).filter((name) => encrypted.test(name));
  const open = (row: ReadRow): ReadRow => {
    if (sealed.length === 0) return row;
    const entries = Object.entries(row).map(([name, value]) => {
      if (!sealed.includes(name)) return [name, value];
      return [plainName(name), value === null ? null : decrypt(String(value))];
    });
    return Object.fromEntries(entries);
  };

  return {
    columns: stored.map(({ name, category }) => ({
      name: plainName(name),
      isText: category === 'S' || category === 'U' || category === 'A',
    })),
    async *batches() {
      await em.execute(`move absolute 0 from ${cursor}`);
      for (;;) {
        const rows = await em.execute<ReadRow[]>(`fetch ${batchSize} from ${cursor}`);
        if (rows.length === 0) return;
        yield rows.map(open);
      }
    },
    close: async () => {
      await em.execute(`close ${cursor}`);
    },
  };
}

function plainName(name: string): string {
  return name.replace(encrypted, '');
}

/** Small numbers and truths as they are, lists and objects as JSON, instants in ISO 8601, all else as text. */
function selectedAs({ name, type, category }: StoredColumn): string {
  if (['int2', 'int4', 'bool'].includes(type)) return `t.${name}`;
  if (['json', 'jsonb'].includes(type) || category === 'A') return `to_jsonb(t.${name})`;
  if (category === 'D' && type !== 'date') return `to_jsonb(t.${name}) #>> '{}'`;
  if (type === 'inet') return `host(t.${name})`;
  return `t.${name}::text`;
}

function findColumns(em: EntityManager, table: string): Promise<StoredColumn[]> {
  return em.execute(
    `select a.attname as name, t.typname as type, t.typcategory as category
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped
     order by a.attnum`,
    [table],
  );
}
