import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { ObjectStore } from '../feed/object-store.ts';
import { type FactRow, type FactRowColumn, factRowColumns } from './fact-row.ts';

type Store = Pick<ObjectStore, 'readKept'>;

/** A file of facts, and what its bytes have to be. */
export interface FactFile {
  fileKey: string;
  sizeBytes: number;
  sha256: string;
}

/** Whether a file is, byte by byte, what was written. @throws {DomainError} UPSTREAM_FAILED. */
export async function isWhole(store: Store, file: FactFile): Promise<boolean> {
  const hash = createHash('sha256');
  for await (const chunk of await store.readKept(file.fileKey)) hash.update(chunk);
  return hash.digest('hex') === file.sha256;
}

/** The facts of a file, a row group at a time. @throws {DomainError} UPSTREAM_FAILED. */
export async function* readFactFile(
  store: Store,
  { fileKey, sizeBytes }: FactFile,
): AsyncGenerator<FactRow[]> {
  const slice = async (start: number, end = sizeBytes) => {
    const bytes = await buffer(await store.readKept(fileKey, { start, end: end - 1 }));
    return new Uint8Array(bytes).buffer;
  };
  const metadata = await parquetMetadataAsync({ byteLength: sizeBytes, slice });
  // Decimals and days as they are stored: as numbers and dates the last decimal would be lost.
  for (const element of metadata.schema) {
    if (element.converted_type === 'UTF8') continue;
    delete element.converted_type;
    delete element.logical_type;
  }
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const { start, end } = placeOf(group);
    // At one go: each column by itself would be a request.
    const bytes = await slice(start, end);
    const file = {
      byteLength: sizeBytes,
      slice: (from: number, to = end) => bytes.slice(from - start, to - start),
    };
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd });
    yield rows.map((row) => factRowColumns.map((column) => cellOf(column, row[column.name])));
    rowStart = rowEnd;
  }
}

function placeOf({ columns }: FileMetaData['row_groups'][number]): { start: number; end: number } {
  const places = columns.flatMap(({ meta_data: column }) => {
    if (!column) return [];
    const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
    return [{ start, end: start + Number(column.total_compressed_size) }];
  });
  return {
    start: Math.min(...places.map(({ start }) => start)),
    end: Math.max(...places.map(({ end }) => end)),
  };
}

const msPerDay = 86_400_000;

function cellOf({ type }: FactRowColumn, value: unknown): string | bigint | null {
  if (value === null || value === undefined) return null;
  if (type === 'INTEGER') return BigInt(value as bigint);
  if (type === 'DATE') return new Date(Number(value) * msPerDay).toISOString().slice(0, 10);
  if (type === 'ID') return String(value);
  const { buffer: bytes, byteOffset } = value as Uint8Array;
  const view = new DataView(bytes, byteOffset, 16);
  return (view.getBigInt64(0) << 64n) | view.getBigUint64(8);
}
