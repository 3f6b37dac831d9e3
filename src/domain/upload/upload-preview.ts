import type { LocalDate } from '../calendar.ts';
import type { RunSliceStatus } from '../ingestion/run-slice.entity.ts';
import type { SliceTotals } from '../ingestion/slice-totals.ts';

/** What loading one day of an uploaded file would do. */
export interface PreviewedDay {
  date: LocalDate;
  status: Extract<RunSliceStatus, 'APPLIED' | 'UNCHANGED' | 'HELD' | 'SUPERSEDED' | 'FAILED'>;
  reason: string | null;
  /** The day's version that it was compared with: 0 where it has no data. */
  version: number;
  rowsRead: number;
  rowsRejected: number;
  rowsMerged: number;
  totalsBefore: SliceTotals | null;
  totalsAfter: SliceTotals | null;
}

/** Rows that broke one rule: how many, and the first of them. */
export interface PreviewedRule {
  rule: string;
  rows: number;
  samples: { line: number; message: string }[];
}

/** What is in an uploaded file, and what loading it would change. */
export interface UploadPreview {
  rowsRead: number;
  rowsRejected: number;
  /** A row may break several rules. */
  rejections: PreviewedRule[];
  /** Accepted rows that broke a rule taken as a warning. */
  warnings: { rule: string; rows: number }[];
  columns: { header: string; field: string }[];
  otherColumns: string[];
  remarks: string[];
  /** Every day of the file, in order; none where it is refused as a whole. */
  days: PreviewedDay[];
}

/** The days whose data it would replace by other data. */
export function overwrittenDays({ days }: UploadPreview): LocalDate[] {
  return days
    .filter(({ status, version }) => version > 0 && status !== 'UNCHANGED')
    .map(({ date }) => date);
}
