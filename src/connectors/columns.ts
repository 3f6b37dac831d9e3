import type { HeaderFields } from '../domain/column-mapping/column-mapping.entity.ts';
import { headerKey } from '../domain/column-mapping/header-key.ts';
import { badInput } from '../domain/errors.ts';
import { type RawField, rawFields } from '../domain/ingestion/row-rules.ts';

/** A column that a source's files may have. @typeParam Field with those that its connector alone knows. */
export interface Column<Field extends string = RawField> {
  field: Field;
  /** Its header, and others that it may have instead: the first that is there is taken. */
  headers: readonly string[];
  isRequired: boolean;
}

/** The fields that columns can be mapped to by hand. */
export function fieldsOf(columns: readonly Column<string>[]): RawField[] {
  return rawFields.filter((field) => columns.some((column) => column.field === field));
}

/** Which columns of a file are read. */
export interface FoundColumns<Field extends string = string> {
  used: { header: string; field: Field; position: number }[];
  /** Headers of the others, which are passed over. */
  others: string[];
}

/**
 * Find columns by their headers, in any order.
 *
 * @param mapping comes before the source's own headers.
 * @throws {DomainError} BAD_USER_INPUT naming the columns that are missing and those that were found.
 */
export function findColumns<Field extends string>(
  header: string[],
  columns: readonly Column<Field>[],
  mapping: HeaderFields = {},
): FoundColumns<Field> {
  const { used, missing } = matchColumns(header, columns, mapping);
  if (missing.length > 0) {
    const names = missing.map(({ headers }) => headers[0]);
    const shown = header.slice(0, 30).map((name) => name.trim().slice(0, 60));
    const hint = used.length === 0 ? ` None of them is known: ${cureOf(header)}` : '';
    throw badInput(
      `The file lacks: ${names.join(', ')}. Its header is: ${shown.join(', ')}.${hint}`,
    );
  }
  const positions = new Set(used.map(({ position }) => position));
  const others = header.filter((name, position) => name.trim() && !positions.has(position));
  return { used, others: others.map((name) => name.trim()) };
}

/** What may be the matter with a header of which nothing is known. */
function cureOf(header: string[]): string {
  return header.length === 1
    ? 'are its columns separated by comma, semicolon or tab?'
    : 'is it in another language? The columns of uploads can be mapped by hand (createColumnMapping).';
}

/** Whether a row is the header of a file of such columns. */
export function isHeaderOf(
  row: string[],
  columns: readonly Column<string>[],
  mapping?: HeaderFields,
): boolean {
  return matchColumns(row, columns, mapping).missing.length === 0;
}

/** Whether a header is that of a column of days. */
export function isDayHeader(
  header: string,
  columns: readonly Column<string>[],
  mapping?: HeaderFields,
): boolean {
  return matchColumns([header], columns, mapping).used.some(({ field }) => field === 'date');
}

function matchColumns<Field extends string>(
  header: string[],
  columns: readonly Column<Field>[],
  mapping: HeaderFields = {},
) {
  const keys = header.map(headerKey);
  const mapped = Object.entries(mapping).map(([name, field]) => [headerKey(name), field] as const);
  const used: FoundColumns<Field>['used'] = [];
  const missing: Column<Field>[] = [];
  for (const column of columns) {
    const own = mapped
      .filter(([, field]) => field === (column.field as string))
      .map(([key]) => key);
    const wanted = own.length > 0 ? own : column.headers.map(headerKey);
    const key = wanted.find((each) => keys.includes(each));
    const position = key === undefined ? -1 : keys.indexOf(key);
    if (position >= 0) {
      used.push({ header: header[position]?.trim() ?? '', field: column.field, position });
    } else if (column.isRequired) missing.push(column);
  }
  return { used, missing };
}

/** A row's fields. A cell that a short row lacks is blank: what is undefined is not in the file at all. */
export function pickFields<Field extends string>(
  cells: string[],
  used: FoundColumns<Field>['used'],
): Partial<Record<Field, string>> {
  const fields: Partial<Record<Field, string>> = {};
  for (const { field, position } of used) fields[field] = cells[position] ?? '';
  return fields;
}
