import type { Readable } from 'node:stream';
import Papa from 'papaparse';
import { badInput } from '../domain/errors.ts';

/** A row of a CSV file: where it begins, and its cells. */
export interface CsvRow {
  line: number;
  cells: string[];
}

const batchSize = 1000;
/** Beyond these, a file is no table: read on, it would fill the memory, or lose its rows in one cell. */
const longestRow = 1_000_000;
const mostLinesInCell = 10;
const leastFirstPiece = 65_536;

/**
 * Read a CSV file as a stream, in batches; quoted cells may span lines, blank lines are passed over.
 *
 * UTF-8 with or without a byte order mark, or UTF-16LE with one; comma, semicolon or tab.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is no CSV at all: a workbook or other binary file, a row of more
 *   than a million characters, a quote that is never closed.
 */
export async function* readCsv(file: Readable): AsyncGenerator<CsvRow[]> {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimitersToGuess: [',', ';', '\t'] });
  const fed = { sinceRow: 0, end: '' };
  const text = file.compose((chunks: AsyncIterable<Buffer>) => measure(decode(chunks), fed));
  text.on('error', (error) => parser.destroy(error));
  let batch: CsvRow[] = [];
  let line = 1;
  let last = { line: 1, cell: '' };
  try {
    for await (const cells of text.pipe(parser) as AsyncIterable<string[]>) {
      if (cells.length > 1 || cells[0]?.trim()) batch.push({ line, cells });
      last = { line, cell: cells.at(-1) ?? '' };
      checkCells(cells, line);
      fed.sinceRow = 0;
      line += 1 + countLineBreaks(cells);
      if (batch.length === batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (last.cell.includes('\n') && !fed.end.trimEnd().endsWith('"')) {
      throw unclosedQuote(last.line);
    }
    if (batch.length > 0) yield batch;
  } finally {
    file.destroy();
  }
}

/** @throws {DomainError} when a cell runs over too many lines. */
function checkCells(cells: string[], line: number): void {
  for (const cell of cells) {
    if (cell.length > 80 && cell.split('\n', mostLinesInCell + 2).length > mostLinesInCell + 1) {
      throw unclosedQuote(line);
    }
  }
}

function unclosedQuote(line: number) {
  return badInput(`A quote that opens near line ${line} is not closed.`);
}

/** Pass text on, as long as rows come of it: what was fed since the last one is at most a row, or a few. */
async function* measure(
  text: AsyncIterable<string>,
  fed: { sinceRow: number; end: string },
): AsyncGenerator<string> {
  // The parser tells delimiter and line breaks by the first piece that it is given.
  let held = '';
  let isStarted = false;
  for await (const piece of text) {
    fed.sinceRow += piece.length;
    fed.end = (fed.end + piece).slice(-8);
    if (fed.sinceRow > longestRow + 2 * piece.length) {
      throw badInput('A row has more than a million characters, or a quote is not closed.');
    }
    held += piece;
    isStarted ||= held.length >= leastFirstPiece;
    if (!isStarted) continue;
    yield held;
    held = '';
  }
  if (held) yield held;
}

/** Decode by byte order mark, which is dropped: it would become part of the first column's name. */
async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let start: Buffer | undefined = Buffer.alloc(0);
  let decoder: ReturnType<typeof decoderFor> | undefined;
  for await (const chunk of chunks) {
    // What the first bytes mean is told by all four of them, however they arrive.
    start = start && Buffer.concat([start, chunk]);
    if (start && start.length < 4) continue;
    decoder ??= decoderFor(start ?? chunk);
    const text = decoder.decode(start ?? chunk, { stream: true });
    start = undefined;
    if (text) yield text;
  }
  decoder ??= decoderFor(start ?? Buffer.alloc(0));
  const rest = start ? decoder.decode(start) : decoder.decode();
  if (rest) yield rest;
}

function decoderFor(start: Buffer) {
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    throw badInput('This is an XLSX (or ZIP) file, whatever its name says; export it as CSV.');
  }
  const isUtf16 = start[0] === 0xff && start[1] === 0xfe;
  if (!isUtf16 && start.includes(0)) throw badInput('This is a binary file; export it as CSV.');
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8');
}

function countLineBreaks(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (!cell.includes('\n')) continue;
    count += cell.split('\n').length - 1;
  }
  return count;
}
