import Papa from 'papaparse';
import { formulaStarts } from '../csv-cell.ts';
import { badInput } from '../errors.ts';
import type { RawFields } from './row-rules.ts';

/** The columns of rejected rows as they are downloaded, corrected and sent back; the names of facts as the graph has them. */
export const fieldColumns = [
  ...(['date', 'campaign', 'strategy', 'placement', 'creative'] as const),
  ...(['impressions', 'clicks', 'conversions', 'revenue'] as const),
  ...(['mediaCost', 'completedViews', 'reach', 'ctr'] as const),
];

/** A rejected row as somebody corrected it. */
export interface Correction {
  /** Key of the file that it stood in, and where. */
  file: string;
  line: number;
  fields: RawFields;
}

const mostCorrections = 5_000;

/**
 * Read corrected rejects: CSV with the columns that rejects are downloaded with, in any order; others are passed over.
 *
 * A cell that begins with an apostrophe before what a spreadsheet takes for a formula is taken without it.
 * @throws {DomainError} BAD_USER_INPUT naming the line, on the field `csv`.
 */
export function readCorrections(csv: string): Correction[] {
  const { data, errors } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), {
    skipEmptyLines: 'greedy',
  });
  if (errors.some(({ type }) => type === 'Quotes')) {
    throw badInput('It is no CSV: a quote is not closed.', 'csv');
  }
  const [header = [], ...rows] = data;
  const places = new Map(header.map((name, index) => [name.trim(), index]));
  const missing = ['file', 'line', 'date'].filter((name) => !places.has(name));
  if (missing.length > 0) {
    const message = `The columns ${missing.join(', ')} are missing: send what was downloaded, corrected.`;
    throw badInput(message, 'csv');
  }
  if (rows.length === 0 || rows.length > mostCorrections) {
    throw badInput(`There must be 1 to ${mostCorrections} rows.`, 'csv');
  }
  const known = new Set<string>();
  return rows.map((cells, index) => {
    const cell = (name: string) => plainCell(cells[places.get(name) ?? -1] ?? '');
    const [file, line] = [cell('file'), Number(cell('line'))];
    const at = `Row ${index + 1} of the corrections`;
    if (!file || !Number.isSafeInteger(line) || line < 1) {
      throw badInput(`${at} does not say which file and line it stands for.`, 'csv');
    }
    if (known.size === known.add(placeOf({ file, line })).size) {
      throw badInput(`${at} stands for the same line as one before it.`, 'csv');
    }
    const given = fieldColumns.filter((name) => places.has(name));
    return { file, line, fields: Object.fromEntries(given.map((name) => [name, cell(name)])) };
  });
}

/** What tells one row of a day's files from all others. */
export function placeOf({ file, line }: Pick<Correction, 'file' | 'line'>): string {
  return `${line} ${file}`;
}

function plainCell(cell: string): string {
  return cell.startsWith("'") && formulaStarts.includes(cell.charAt(1)) ? cell.slice(1) : cell;
}
