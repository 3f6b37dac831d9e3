import { MikroORM } from '@mikro-orm/postgresql';
import { additiveMetrics } from '../../src/domain/metrics/registry.ts';
import { ormOptions } from '../../src/infra/database.ts';
import { createTestDatabase } from '../support/test-services.ts';

interface Column {
  table_name: string;
  column_name: string;
  is_nullable: 'YES' | 'NO';
}

let orm: MikroORM;
let columns: Map<string, Column>;

beforeAll(async () => {
  const { ownerUrl } = await createTestDatabase();
  orm = await MikroORM.init(ormOptions(ownerUrl, 1));
  const rows = await orm.em.fork().execute<Column[]>(
    `select table_name, column_name, is_nullable from information_schema.columns
       where table_schema = 'public'`,
  );
  columns = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row]));
});
afterAll(() => orm.close(true));

test('every property of every entity is a column, as nullable as it says', () => {
  const wrong: string[] = [];
  for (const meta of orm.getMetadata().getAll().values()) {
    for (const property of meta.props) {
      const name = `${meta.tableName}.${property.fieldNames?.[0]}`;
      const isNullable = columns.get(name)?.is_nullable === 'YES';
      if (!columns.has(name) || isNullable !== Boolean(property.nullable)) wrong.push(name);
    }
  }
  expect(wrong).toEqual([]);
});

test('every additive metric is made of columns that facts and roll-ups have', () => {
  for (const { column, minus } of Object.values(additiveMetrics)) {
    for (const name of [column, minus ?? column]) {
      expect(columns.has(`daily_metrics.${name}`)).toBe(true);
      expect(columns.has(`daily_rollups.${name}`)).toBe(true);
    }
  }
});
