import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { FoundColumns } from '../connectors/columns.ts';
import { connectorFor, connectors } from '../connectors/registry.ts';
import { checkTimeZone, isLocalDate, type LocalDate, today } from '../domain/calendar.ts';
import { headerKey } from '../domain/column-mapping/header-key.ts';
import { factRules } from '../domain/ingestion/row-rules.ts';
import { readDay, readNumber } from './options.ts';
import { bytes, colored, count, printTable } from './output.ts';
import { showReading } from './parse/show-reading.ts';
import { type FileSummary, summarize, summedFacts } from './parse/summarize.ts';

interface Options {
  source: string;
  date?: LocalDate;
  timeZone: string;
  rejects: number;
  sheet?: string;
}

/** As feeds have it unless they say otherwise. */
const minValidShare = 0.5;

export const parseCommand = new Command('parse')
  .description('read a file as an ingestion would, and say what is in it; needs no database')
  .argument('<file>', 'a media file on this machine')
  .addOption(
    new Option('--source <source>', 'whose files it is like')
      .choices([...connectors.keys()])
      .default('SURFSIDE'),
  )
  .option('--date <day>', "day that the file is of; its name's, or else each row's own", readDay)
  .option('--time-zone <zone>', 'IANA time zone of the feed: no row may be in its future', 'UTC')
  .option('--sheet <name>', 'sheet of a workbook, where it is not the first with a header')
  .option('--rejects <number>', 'rejected rows to show', readNumber(0, 1000), 10)
  .addHelpText('after', '\nExample:\n  $ npm run cli -- parse downloads/surfside_2026-11-20.csv')
  .action(async (file: string, { source, date, timeZone, rejects, sheet }: Options) => {
    const size = await sizeOf(file);
    const connector = connectorFor(source);
    const day = date ?? dayOfName(basename(file));
    const reading = showReading(createReadStream(file), size);
    const startedAt = performance.now();
    let columns: FoundColumns = { used: [], others: [] };
    const remarks: string[] = [];
    const rows = connector.read(reading.file, {
      sheet,
      onColumns: (found) => {
        columns = found;
      },
      onRemark: (remark) => remarks.push(remark),
    });
    const summary = await summarize(rows, {
      day,
      latestDay: today(checkTimeZone(timeZone)),
      severities: connector.severities,
      mostRejects: rejects,
    }).finally(reading.stop);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `${file}: ${bytes(size)} of ${connector.label}, ${day ? `day ${day}` : "each row's own day"}, read in ${seconds.toFixed(1)} s`,
    );
    printColumns(columns);
    for (const remark of remarks) console.log(remark);
    printSummary(summary);
    refuse(summary);
  });

/** @throws {Error} when it is no file, or cannot be read. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'is not there' : `cannot be read: ${error.code}`;
    throw new Error(`${file} ${reason}.`);
  });
  if (!found.isFile()) throw new Error(`${file} is no file.`);
  return found.size;
}

/** The day that a file's name holds, as 2026-11-20 or 20261120. */
function dayOfName(name: string): LocalDate | undefined {
  const [, year, month, day] = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(name) ?? [];
  const date = `${year}-${month}-${day}`;
  return isLocalDate(date) ? date : undefined;
}

function printColumns({ used, others }: FoundColumns): void {
  const names = used.map(({ header, field }) =>
    headerKey(header) === headerKey(field) ? field : `${field} (${header})`,
  );
  const passedOver = others.length > 0 ? `; passed over: ${others.join(', ').slice(0, 500)}` : '';
  console.log(`Columns: ${names.join(', ')}${passedOver}`);
}

function printSummary(summary: FileSummary): void {
  const { rowsRead, rowsRejected, campaigns, days } = summary;
  const share = rowsRead > 0 ? ((100 * rowsRejected) / rowsRead).toFixed(2) : '0';
  console.log(
    `Rows: ${count(rowsRead)} read, ${count(rowsRejected)} rejected (${share} %); distinct campaigns: ${count(campaigns.size)}`,
  );
  if (days.size > 0) {
    const facts = summedFacts.filter((fact) => [...days.values()].some((totals) => totals[fact]));
    const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    printTable(
      ['Day', 'Rows', ...facts.map((fact) => title(factRules[fact].label))],
      [...days]
        .sort()
        .map(([day, totals]) => [
          day,
          totals.rows,
          ...facts.map((fact) => totals[fact]?.toFixed() ?? ''),
        ]),
    );
  }
  for (const [rule, rows] of summary.rejectedBy) {
    console.log(`  ${colored('red', 'rejected')} ${count(rows)} x ${rule}`);
  }
  for (const [rule, rows] of summary.warnings) {
    console.log(`  ${colored('yellow', 'warned')} ${count(rows)} x ${rule}`);
  }
  if (summary.rejects.length === 0) return;
  console.log(`The first ${summary.rejects.length} rejected rows:`);
  printTable(
    ['Line', 'Reasons', 'Cells'],
    summary.rejects.map(({ line, reasons, cells }) => [
      line,
      reasons.map(({ message }) => message).join('; '),
      cells.join(' | ').slice(0, 300),
    ]),
    70,
  );
}

/** @throws {Error} when an ingestion would apply nothing of the file. */
function refuse({ rowsRead, rowsRejected }: FileSummary): void {
  if (rowsRead === 0) throw new Error('The file has a header but no rows.');
  const valid = rowsRead - rowsRejected;
  if (valid < rowsRead * minValidShare) {
    throw new Error(
      `An ingestion would apply nothing of it: only ${count(valid)} of ${count(rowsRead)} rows are valid.`,
    );
  }
}
