import { Transform } from 'node:stream';
import type { RawRow, ReadOptions } from '../../connectors/connector.ts';
import { isLocalDate, type LocalDate, today } from '../../domain/calendar.ts';
import { badInput } from '../../domain/errors.ts';
import { checkRows, type Reject, type RowCheck } from '../../domain/ingestion/check-rows.ts';
import { checkValidShare } from '../../domain/ingestion/check-valid-share.ts';
import { noRows, type RowCounts } from '../../domain/ingestion/settle-slice.ts';
import { createStager, stagingColumns, stagingTable } from '../../domain/ingestion/staging.ts';
import { earliestDay } from '../../domain/ingestion/start-ingestion.ts';
import { storableText } from '../../domain/storable-text.ts';
import { scratchOf } from '../../domain/upload/preview-scratch.ts';
import type { JobContext } from '../define-job.ts';
import { dayOf } from '../ingest-feed/route-rows.ts';
import { tellTo } from '../ingest-feed/tell-to.ts';
import type { Look } from './look.ts';

/** Over three years, which is as long as platforms tell of. */
const mostDays = 1_200;
const mostSamples = 3;
const mostColumns = 100;

/**
 * Read a file once, whole: check every row as a load would, stage the good ones by their days, and keep with the look
 * what was found, as far as the file could be read.
 *
 * @throws {DomainError} BAD_USER_INPUT: the file as a whole cannot be used.
 */
export async function readUpload(look: Look, context: JobContext): Promise<void> {
  const { upload, feed, connector, severities, preview, days, strays } = look;
  const latestDay = today(feed.timeZone);
  const check = { latestDay, severities: { ...connector.severities, ...severities } };
  const scratch = scratchOf(upload.id);
  const stager = createStager(context.run.fence);

  const checkDay = (day: LocalDate, rows: RawRow[]): string => {
    const isOne = isLocalDate(day) && day >= earliestDay && day <= latestDay;
    const counts = isOne ? countsOf(days, day) : strays;
    const runSliceId = isOne ? scratch.ofDay(day) : scratch.first;
    const ofDay: RowCheck = {
      ...check,
      day: isOne ? day : earliestDay,
      lineOf: (row) => stager.lineOf(runSliceId, row),
    };
    const { lines, rejects } = checkRows(rows, ofDay, counts);
    noteRejects(look, rejects);
    return lines;
  };
  async function* goodRows(): AsyncGenerator<string> {
    const file = await context.store.readKept(look.storageKey);
    const counted = file.compose(count(upload.sizeBytes ?? 0, context.report));
    for await (const rows of connector.read(counted, optionsOf(look))) {
      context.signal.throwIfAborted();
      for (const [day, ofDay] of Map.groupBy(rows, dayOf)) {
        const lines = checkDay(day, ofDay);
        if (lines) yield lines;
      }
    }
  }
  try {
    await context.copy(stagingTable, stagingColumns, goodRows());
  } finally {
    const all = [...days.values(), strays];
    preview.rowsRead = sum(all, ({ rowsRead }) => rowsRead);
    preview.rowsRejected = sum(all, ({ rowsRejected }) => rowsRejected);
    preview.rejections = [...look.rejections.values()];
    preview.warnings = warningsOf(all);
    preview.otherColumns = strays.otherColumns;
    preview.remarks = strays.remarks;
  }
  checkValidShare({ ...feed, origin: 'UPLOAD' }, [...days.values(), strays]);
  if (days.size === 0) throw badInput('No row of the file has a day that can be loaded.');
}

/** What a connector tells of the file is kept with the strays: they are there whatever days it has. */
function optionsOf(look: Look): ReadOptions {
  const { upload, feed, preview, mappingFor, strays } = look;
  const tell = tellTo(new Map([['file', strays]]));
  const reading = upload.reading ?? {};
  return {
    ...reading,
    ...tell,
    currency: feed.currency,
    mappingOf(header) {
      look.mapping = reading.mapping ? undefined : mappingFor(header);
      return look.mapping?.columns;
    },
    onColumns(columns) {
      tell.onColumns?.(columns);
      preview.columns = columns.used.slice(0, mostColumns).map(({ header, field }) => ({
        header: storableText(header.slice(0, 200)),
        field,
      }));
    },
  };
}

/** The counts of a day. @throws {DomainError} BAD_USER_INPUT for one day too many. */
function countsOf(days: Map<LocalDate, RowCounts>, day: LocalDate): RowCounts {
  const known = days.get(day);
  if (known) return known;
  if (days.size >= mostDays) {
    throw badInput(`The file has rows of over ${mostDays} days: upload fewer at once.`);
  }
  const counts = noRows();
  days.set(day, counts);
  return counts;
}

function noteRejects({ rejections }: Look, rejects: Reject[]): void {
  for (const { line, reasons } of rejects) {
    const rules = new Set(reasons.map(({ rule }) => rule));
    for (const rule of rules) {
      const known = rejections.get(rule) ?? { rule, rows: 0, samples: [] };
      rejections.set(rule, known);
      known.rows += 1;
      if (known.samples.length >= mostSamples) continue;
      const messages = reasons.filter((each) => each.rule === rule).map(({ message }) => message);
      known.samples.push({ line, message: storableText(messages.join('; ')) });
    }
  }
}

function warningsOf(counts: RowCounts[]): { rule: string; rows: number }[] {
  const rows = new Map<string, number>();
  for (const [rule, count] of counts.flatMap(({ warnings }) => Object.entries(warnings))) {
    rows.set(rule, (rows.get(rule) ?? 0) + count);
  }
  return [...rows].map(([rule, count]) => ({ rule, rows: count }));
}

function sum(counts: RowCounts[], of: (counts: RowCounts) => number): number {
  return counts.reduce((total, each) => total + of(each), 0);
}

function count(total: number, report: JobContext['report']): Transform {
  let done = 0;
  return new Transform({
    transform(chunk, _, next) {
      done += chunk.length;
      report({ stage: 'READ', done, total });
      next(null, chunk);
    },
  });
}
