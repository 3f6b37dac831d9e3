import type { EntityManager } from '@mikro-orm/postgresql';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { factDecimals } from '../exact.ts';
import { dateElement, decimalElement, integerElement, textElement } from '../parquet/elements.ts';
import { takeBytes } from '../parquet/take-bytes.ts';
import {
  type FactAccount,
  type FactRow,
  type FactRowColumn,
  factRowColumns,
  fromStored,
  openAccount,
} from './fact-row.ts';

/** A month of a client. */
export interface ClientMonth {
  clientId: string;
  /** Its first day. */
  month: string;
}

/** What was written of a month's facts. */
export interface WrittenFacts extends FactAccount {
  /** As `sums_of_month` has it. */
  fingerprint: string;
}

/** A group is written at one go: heartbeats wait for no more than that. */
const rowsPerGroup = 1_000;
const msPerDay = 86_400_000;

const elements = {
  ID: textElement,
  DATE: dateElement,
  INTEGER: integerElement,
  DECIMAL: decimalElement(factDecimals),
};

/**
 * The facts of a month of a client as a Parquet file, of one instant; of the rows, some thousands are in memory.
 *
 * @param em in a transaction, until the file has been taken.
 * @param onEnd is told what was written.
 */
export async function* writeFactFile(
  em: EntityManager,
  { clientId, month }: ClientMonth,
  onEnd: (written: WrittenFacts) => void,
): AsyncGenerator<Uint8Array> {
  const columns = factRowColumns.map(({ name }) => `f.${name}::text as ${name}`).join(', ');
  await em.execute(
    `declare facts no scroll cursor for
     select ${columns}, hash_record_extended(f, 0)::text as hash from daily_metrics f
     where f.client_id = ? and f.date >= ?::date and f.date < (?::date + interval '1 month')::date
     order by f.feed_id, f.date, f.creative_id`,
    [clientId, month, month],
  );
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'facts', num_children: factRowColumns.length },
      ...factRowColumns.map(({ name, type }) => ({
        ...{ name, repetition_type: 'OPTIONAL' as const },
        ...elements[type],
      })),
    ],
    createdBy: 'mediagraph',
  });
  const account = openAccount();
  let fingerprint = 0n;
  for (;;) {
    const stored = await em.execute<Record<string, string | null>[]>(
      `fetch ${rowsPerGroup} from facts`,
    );
    if (stored.length === 0) break;
    const rows = stored.map((row) =>
      factRowColumns.map((column) => fromStored(column, row[column.name] ?? null)),
    );
    for (const row of rows) account.add(row);
    for (const { hash } of stored) fingerprint += BigInt(hash ?? 0);
    const columnData = factRowColumns.map((column, index) => valuesOf(column, index, rows));
    file.write({ columnData, rowGroupSize: rows.length });
    yield takeBytes(bytes);
  }
  await em.execute('close facts');
  file.finish();
  yield takeBytes(bytes);
  onEnd({ ...account.close(), fingerprint: fingerprint.toString() });
}

function valuesOf({ name, type }: FactRowColumn, index: number, rows: readonly FactRow[]) {
  const values = rows.map((row) => row[index] ?? null);
  if (type !== 'DATE') return { name, data: values };
  return { name, data: values.map((day) => Date.parse(String(day)) / msPerDay) };
}
