import type { Readable } from 'node:stream';
import type { WantedRows } from '../../domain/metrics-export/open-export.ts';
import type { Reading } from '../../domain/reading.ts';

/** The file of an export, as it is handed over to be kept. */
export interface MadeFile {
  /** What its name ends with. */
  extension: string;
  contentType: string;
  content: Readable;
  /** Whether nothing is read any more while its content is taken. */
  isRead: boolean;
  /** Rows of metrics in it; known once its content is taken. */
  rowCount(): number;
  /** Remove what was needed meanwhile. */
  dispose?(): Promise<void>;
}

/** Makes a file of metric rows in one format. @param onRows told how many rows there are so far. */
export type MakeFile = (
  reading: Reading,
  rows: WantedRows,
  onRows: (count: number) => void,
) => Promise<MadeFile>;
