import { createWriteStream } from 'node:fs';
import exceljs from 'exceljs';

/** A workbook that is being written to a file. */
export interface OpenWorkbook {
  path: string;
  book: exceljs.stream.xlsx.WorkbookWriter;
  /** Rows that it has, over all its sheets. */
  rows: number;
  /** @throws {Error} when it could not be written. */
  close(): Promise<void>;
  /** Let go of one that will not be whole. */
  discard(): void;
}

/** Begin a workbook at a path. It is compressed lightly: that is what most of its time would go to. */
export function openWorkbook(path: string): OpenWorkbook {
  const stream = createWriteStream(path, { mode: 0o600 });
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  // Told at the end, if not before.
  failed.catch(() => undefined);
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1 } },
  });
  book.creator = 'Mediagraph';
  return {
    path,
    book,
    rows: 0,
    close: () => Promise.race([book.commit(), failed]),
    discard: () => void stream.destroy(),
  };
}
