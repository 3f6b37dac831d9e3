import { badInput } from '../errors.ts';
import type { RawField } from '../ingestion/row-rules.ts';
import type { HeaderFields } from './column-mapping.entity.ts';
import { headerKey } from './header-key.ts';

/** One column of a file, and what it stands for. */
export interface MappedColumn {
  header: string;
  field: string;
}

/** Sources with the fields that their files are read for. */
export type SourceFields = ReadonlyMap<string, { fields: readonly RawField[] }>;

const mostHeaders = 100;

/** @throws {DomainError} BAD_USER_INPUT: a field that files of the source are not read for, or one mapped twice. */
export function checkColumns(
  { fields }: { fields: readonly RawField[] },
  columns: readonly MappedColumn[],
): HeaderFields {
  const headers = checkHeaders(
    columns.map(({ header }) => header),
    'columns',
  );
  const keys = new Set(headers.map(headerKey));
  const mapped = new Set(columns.map(({ field }) => field));
  for (const field of mapped) {
    if (!fields.some((each) => each === field)) {
      throw badInput(
        `"${field.slice(0, 60)}" is not a field; there are: ${fields.join(', ')}.`,
        'columns',
      );
    }
  }
  if (keys.size < columns.length || mapped.size < columns.length) {
    throw badInput('Map each header, and each field, once.', 'columns');
  }
  return Object.fromEntries(columns.map(({ field }, index) => [headers[index], field as RawField]));
}

/** @returns headers of a file, trimmed. @throws {DomainError} BAD_USER_INPUT. */
export function checkHeaders(headers: readonly string[], field: string): string[] {
  const trimmed = headers.map((header) => header.trim());
  const isUsable = (header: string) =>
    headerKey(header) !== '' && header.length <= 255 && !header.includes('\0');
  if (trimmed.length === 0 || trimmed.length > mostHeaders || !trimmed.every(isUsable)) {
    throw badInput(`Give 1 to ${mostHeaders} headers of 1 to 255 characters.`, field);
  }
  return trimmed;
}
