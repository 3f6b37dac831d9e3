import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '../calendar.ts';
import type { Severity } from '../identity/organization.entity.ts';
import { storableText } from '../storable-text.ts';
import type { ComparisonRule, RowProblem } from './row-problem.ts';
import { checkRow, type MediaRow, type RawFields } from './row-rules.ts';
import type { RunSlice } from './run-slice.entity.ts';
import type { RowCounts } from './settle-slice.ts';

/** A row as a connector found it. */
export interface FoundRow {
  line: number;
  cells: string[];
  fields: RawFields;
}

/** A row that breaks a rule, kept as it came. */
export interface Reject {
  line: number;
  cells: string[];
  fields: RawFields;
  reasons: RowProblem[];
}

export interface RowCheck {
  day: LocalDate;
  /** The day it is now in the feed's time zone. */
  latestDay: LocalDate;
  severities: Record<ComparisonRule, Severity>;
  /** Writes a good row for COPY. */
  lineOf(row: MediaRow): string;
}

/**
 * Check a batch of rows, adding to the counts.
 *
 * @returns the good ones as COPY lines in one text, and the others with their reasons.
 */
export function checkRows(
  rows: FoundRow[],
  { day, latestDay, severities, lineOf }: RowCheck,
  counts: RowCounts,
): { lines: string; rejects: Reject[] } {
  const rejects: Reject[] = [];
  let lines = '';
  for (const { line, cells, fields } of rows) {
    const { row, problems, warnings } = checkRow(fields, day, latestDay, severities);
    for (const rule of warnings) counts.warnings[rule] = (counts.warnings[rule] ?? 0) + 1;
    if (problems.length === 0) lines += lineOf(row);
    else rejects.push({ line, cells, fields, reasons: problems });
  }
  counts.rowsRead += rows.length;
  counts.rowsRejected += rejects.length;
  return { lines, rejects };
}

/** Forget the rejects of an earlier attempt at a slice. */
export async function clearRejects(em: EntityManager, slice: RunSlice): Promise<void> {
  await em.execute('delete from rejected_rows where run_slice_id = ?', [slice.id]);
}

/** What is kept of a rejected row at the most: a broken file may be one row. */
const mostCells = 100;
const longestCell = 2000;

/** Keep rejected rows, as they came but for what PostgreSQL's text cannot hold and what is beyond measure. */
export async function saveRejects(
  em: EntityManager,
  slice: RunSlice,
  objectId: string,
  rejects: Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const stored = (text = '') => storableText(text.slice(0, longestCell));
  const rows = rejects.map(({ line, cells, fields, reasons }) => ({
    line,
    cells: cells.slice(0, mostCells).map(stored),
    fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, stored(text)])),
    reasons: reasons.map(({ rule, message }) => ({ rule, message: storableText(message) })),
  }));
  await em.execute(
    `insert into rejected_rows (organization_id, client_id, run_slice_id, object_id, line, cells, fields, reasons)
     select ?, ?, ?, ?, line, cells, fields, reasons
     from jsonb_to_recordset(?::jsonb) as r (line integer, cells text[], fields jsonb, reasons jsonb)`,
    [slice.organizationId, slice.clientId, slice.id, objectId, JSON.stringify(rows)],
  );
}
