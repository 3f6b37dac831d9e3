import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import exceljs from 'exceljs';

/** A workbook that is being written to a file. */
export interface OpenWorkbook {
  file: FileHandle;
  book: exceljs.stream.xlsx.WorkbookWriter;
  /** Rows that it has, over all its sheets. */
  rows: number;
  /** @throws {Error} when it could not be written. */
  close(): Promise<void>;
  /** Let go of one that will not be whole. */
  discard(): void;
}

/** Begin a workbook in an empty file. It is compressed lightly: that is what most of its time would go to. */
export function openWorkbook(file: FileHandle): OpenWorkbook {
  const stream = new Writable({
    write: (chunk, _, done) => void file.writeFile(chunk).then(() => done(), done),
  });
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
    file,
    book,
    rows: 0,
    close: () => Promise.race([book.commit(), failed]),
    discard: () => void stream.destroy(),
  };
}
