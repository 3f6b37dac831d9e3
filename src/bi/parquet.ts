import type { EntityManager } from '@mikro-orm/postgresql';
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { factDecimals } from '../domain/exact.ts';
import type { Column } from '../domain/metric-rows/columns.ts';
import { ratioDecimals } from '../domain/metrics/derive-metric.ts';
import {
  dateElement,
  decimalElement,
  integerElement,
  textElement,
} from '../domain/parquet/elements.ts';
import { takeBytes } from '../domain/parquet/take-bytes.ts';
import type { Format } from './format.ts';

type Type = Column['type'];
type Value = string | number | null;

/** A row group is written at one go; other requests wait for no more cells than these. */
const cellsPerGroup = 10_000;

/** How a column is written: its type in the file, SQL of its values, and what these are made into. */
interface Writing {
  element(column: Column): Omit<SchemaElement, 'name'>;
  sql(cell: string, column: Column): string;
  toValue?(value: string | number): unknown;
}

const text: Writing = {
  element: () => textElement,
  sql: (cell) => cell,
};

const writings: Record<Type, Writing> = {
  TEXT: text,
  ID: text,
  DATE: {
    element: () => dateElement,
    sql: (cell) => `${cell} - date '1970-01-01'`,
    toValue: Number,
  },
  INTEGER: {
    element: () => integerElement,
    sql: (cell) => `${cell}::text`,
    toValue: BigInt,
  },
  DECIMAL: {
    element: (column) => decimalElement(scaleOf(column)),
    sql: (cell, column) => `(${cell} * 1e${scaleOf(column)})::numeric(38, 0)::text`,
    toValue: BigInt,
  },
  FLOAT: {
    element: () => ({ type: 'DOUBLE' }),
    sql: (cell) => `${cell}::float8`,
    toValue: Number,
  },
};

function scaleOf({ isAdditive }: Column): number {
  return isAdditive ? factDecimals : ratioDecimals;
}

/** Typed columns in compressed row groups, for DuckDB, pandas, Spark and the like. */
export const parquet: Format = {
  extension: 'parquet',
  contentType: 'application/vnd.apache.parquet',
  isCompressible: false,
  usualFirst: null,
  async open({ em }, { question, built, page }) {
    const cells = built.columns.map(cellOf).join(', ');
    const limit = question.first === null ? '' : `limit ${question.first}`;
    await em.execute(
      `declare page no scroll cursor for
       select ${cells} from (${built.sql}) r where ? order by ${page.orderBy} ${limit}`,
      [...built.parameters, page.between],
    );
    return { endCursor: null, body: writeGroups(em, built.columns) };
  },
};

function cellOf(column: Column): string {
  const { key, type } = column;
  return `${writings[type].sql(`r."${key}"`, column)} as "${key}"`;
}

async function* writeGroups(em: EntityManager, columns: readonly Column[]) {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: 'mediagraph',
    // They would take longer than all else, and help to skip row groups of far larger files.
    statistics: false,
  });
  const rowsPerGroup = Math.ceil(cellsPerGroup / columns.length);
  const fetchGroup = () => em.execute<Record<string, Value>[]>(`fetch ${rowsPerGroup} from page`);
  for (let rows = await fetchGroup(); rows.length > 0; rows = await fetchGroup()) {
    const columnData = columns.map((column) => valuesOf(column, rows));
    file.write({ columnData, rowGroupSize: rows.length });
    yield takeBytes(bytes);
  }
  file.finish();
  yield takeBytes(bytes);
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  const elements = columns.map((column) => ({
    ...{ name: column.key, repetition_type: 'OPTIONAL' as const },
    ...writings[column.type].element(column),
  }));
  return [{ name: 'rows', num_children: columns.length }, ...elements];
}

function valuesOf({ key, type }: Column, rows: readonly Record<string, Value>[]): ColumnSource {
  const { toValue = (value) => value } = writings[type];
  return {
    name: key,
    data: rows.map(({ [key]: value = null }) => (value === null ? null : toValue(value))),
  };
}
