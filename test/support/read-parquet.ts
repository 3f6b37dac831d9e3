import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { toDecimal } from '../../src/domain/exact.ts';

/**
 * The rows of a Parquet file as text, as the database writes it: hyparquet itself makes decimals floating-point
 * numbers, which the last decimal would not survive.
 */
export async function readParquet(bytes: Buffer): Promise<Record<string, string | null>[]> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const scales = new Map<string, number>();
  for (const element of metadata.schema) {
    if (element.converted_type !== 'DECIMAL') continue;
    scales.set(element.name, element.scale ?? 0);
    delete element.converted_type;
    delete element.logical_type;
  }
  const rows = await parquetReadObjects({ file, metadata, utf8: false });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, toText(value, scales.get(key))]),
    ),
  );
}

function toText(value: unknown, scale: number | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (!(value instanceof Uint8Array) || scale === undefined) return String(value);
  const units = BigInt.asIntN(128, BigInt(`0x${Buffer.from(value).toString('hex')}`));
  return toDecimal(units, scale);
}
