import type { FileHandle } from 'node:fs/promises';
import { openNameless } from '../../domain/nameless-file.ts';
import { type OpenWorkbook, openWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import { openSheet } from './write-sheet.ts';

/** Rows of a file: what exceljs keeps of each row makes its memory grow. */
const mostRows = 250_000;

/** What is told of the rows, beside them: names, and what they are. */
export type About = readonly (readonly [string, string])[];

export interface WorkbooksRequest {
  sheets: readonly Sheet[];
  /** Asked for once the rows are counted. */
  about(rowCount: number): About;
  onRows(count: number): void;
  /** Rows of a file; what tests make fewer. */
  rowsPerFile?: number;
}

/**
 * Write rows into workbooks: a sheet for each level, and one that tells what they are. A new file begins whenever one is
 * full, so that memory stays flat. None has a name, so that nothing is left of what breaks off.
 *
 * @returns the files, in order, for the caller to close, and the rows of the last sheet, which is the most detailed.
 */
export async function writeWorkbooks(
  request: WorkbooksRequest,
): Promise<{ files: FileHandle[]; rowCount: number }> {
  const { sheets, about, onRows, rowsPerFile = mostRows } = request;
  const files: FileHandle[] = [];
  const next = async (): Promise<OpenWorkbook> => {
    const file = await openNameless();
    files.push(file);
    return openWorkbook(file);
  };
  let open = await next();
  let rowCount = 0;
  let written = 0;
  try {
    for (const sheet of sheets) {
      let current = openSheet(open, sheet);
      let isPart = false;
      rowCount = 0;
      for await (const rows of sheet.rows()) {
        for (const row of rows) {
          if (open.rows >= rowsPerFile) {
            isPart = true;
            current.close('MORE');
            await open.close();
            open = await next();
            current = openSheet(open, sheet);
          }
          current.add(row);
          open.rows += 1;
          rowCount += 1;
        }
        written += rows.length;
        onRows(written);
      }
      current.close(isPart && 'LAST');
    }
    addAbout(open, about(rowCount));
    await open.close();
    return { files, rowCount };
  } catch (error) {
    open.discard();
    await closeAll(files);
    throw error;
  }
}

export async function closeAll(files: readonly FileHandle[]): Promise<void> {
  for (const file of files) await file.close();
}

function addAbout({ book }: OpenWorkbook, about: About): void {
  const sheet = book.addWorksheet('About');
  sheet.columns = [
    { key: 'name', width: 20, style: { font: { bold: true } } },
    { key: 'text', width: 100, style: { alignment: { wrapText: true, vertical: 'top' } } },
  ];
  for (const pair of about) sheet.addRow([...pair]).commit();
  sheet.commit();
}
