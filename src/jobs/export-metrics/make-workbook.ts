import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Sheet } from '../../documents/workbook/sheet.ts';
import { type About, closeAll, writeWorkbooks } from '../../documents/workbook/write-workbooks.ts';
import { globalIdSql } from '../../domain/global-id.ts';
import { buildQuery, ofSameFacts } from '../../domain/metric-rows/build-query.ts';
import { findArchivedMonths } from '../../domain/metric-rows/find-archived-months.ts';
import { isCovered } from '../../domain/metric-rows/is-covered.ts';
import { readTotals } from '../../domain/metric-rows/list-metric-rows.ts';
import { readAllRows } from '../../domain/metric-rows/read-all-rows.ts';
import type { MonthInArchive } from '../../domain/metrics/months-in-archive.ts';
import { levelsOf } from '../../domain/metrics-export/levels-of.ts';
import type { WantedRows } from '../../domain/metrics-export/open-export.ts';
import { readNameless } from '../../domain/nameless-file.ts';
import type { Reading } from '../../domain/reading.ts';
import type { MakeFile } from './made-file.ts';

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** Make a workbook or, where there are more rows than one is to have, a zip of several; on disk, until it is kept. */
export const makeWorkbook: MakeFile = async (reading, opened, onRows) => {
  const known = await readCoverage(reading, opened);
  const { files, rowCount } = await writeWorkbooks({
    sheets: await sheetsOf(reading, opened),
    about: (count) => describe(opened, count, known),
    onRows,
  });
  const contents = files.map(readNameless);
  const [only, ...others] = contents;
  const extension = only && others.length === 0 ? 'xlsx' : 'zip';
  return {
    extension,
    contentType: types[extension],
    content: only && others.length === 0 ? only : zip(contents),
    isRead: true,
    rowCount: () => rowCount,
    dispose: () => closeAll(files),
  };
};

/** A sheet for each level of the hierarchy among the dimensions, the last of which has the rows that were asked for. */
async function sheetsOf({ em }: Reading, { wanted }: WantedRows): Promise<Sheet[]> {
  const { query, options } = wanted;
  const totals = query.dimensions.length > 0 ? await readTotals(em, query, globalIdSql) : [];
  const levels = levelsOf(query, options.sheetPerLevel);
  return levels.map(({ name, dimensions }) => {
    const ofLevel = ofSameFacts(query, dimensions);
    const { columns } = buildQuery(ofLevel, globalIdSql);
    const order = columns.some(({ key }) => key === query.order?.key) ? query.order : null;
    return { name, columns, totals, rows: () => readAllRows(em, ofLevel, order) };
  });
}

interface Coverage {
  isComplete: boolean;
  archivedMonths: MonthInArchive[];
}

async function readCoverage({ em }: Reading, { wanted }: WantedRows): Promise<Coverage> {
  const { filters, range } = wanted.query;
  return {
    isComplete: await isCovered(em, filters, range),
    archivedMonths: await findArchivedMonths(em, wanted.query),
  };
}

function describe({ wanted, client }: WantedRows, rows: number, known: Coverage): About {
  const { from, to } = wanted.query.range;
  const { isComplete, archivedMonths } = known;
  const archived = archivedMonths.map(
    ({ month, isCounted }) => `${month.slice(0, 7)} ${isCounted ? 'counted' : 'left out'}`,
  );
  return [
    ['Of', client?.name ?? 'all clients that the query asks for'],
    ['Days', `${from} to ${to}, both included`],
    ['Rows', String(rows)],
    ['Complete', isComplete ? 'yes' : 'no: some days of some feeds have no data'],
    ...(archived.length > 0 ? [['Archived', archived.join(', ')] as const] : []),
    ['Made', new Date().toISOString()],
    ['Conversions', 'platform-attributed, not de-duplicated'],
    ['Ratios', 'of sums, never averaged; empty where nothing can be divided'],
  ];
}

/** Workbooks are compressed already. */
function zip(contents: readonly Readable[]): Readable {
  const file = new ZipFile();
  for (const [index, content] of contents.entries()) {
    file.addReadStream(content, `part-${index + 1}.xlsx`, { compress: false });
  }
  file.end();
  const output = file.outputStream as Readable;
  file.on('error', (error) => output.destroy(error));
  return output;
}
