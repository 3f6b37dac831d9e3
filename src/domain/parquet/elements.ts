import type { SchemaElement } from 'hyparquet-writer';

type Element = Omit<SchemaElement, 'name'>;

/** How text, days since 1970, and whole numbers (as `bigint`) are stored in Parquet. */
export const textElement: Element = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
export const dateElement: Element = { type: 'INT32', converted_type: 'DATE' };
export const integerElement: Element = { type: 'INT64' };

/** How exact decimals are: as whole numbers (`bigint`) of units of so many decimals. */
export function decimalElement(scale: number): Element {
  return {
    ...{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 },
    ...{ converted_type: 'DECIMAL', precision: 38, scale },
  };
}
