import Papa from 'papaparse';
import { badInput } from '../../domain/errors.ts';
import { decodeText } from './decode-text.ts';
import type { TableRow } from './table.ts';

/** Beyond these, a file is no table: read on, it would fill the memory, or lose its rows in one cell. */
const longestRow = 1_000_000;
const mostLinesInCell = 10;
/** Text enough to hold the header, by which the file's dialect is told. */
const leastFirstPiece = 65_536;

/**
 * Read a CSV file as a stream, in batches; quoted cells may span lines, blank lines are passed over.
 *
 * Any encoding of {@link decodeText}; comma, semicolon or tab, whichever its header has most of.
 *
 * @throws {DomainError} BAD_USER_INPUT when it is no CSV at all: a binary file, a row of more than a million
 *   characters, a quote that is never closed.
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<TableRow[]> {
  let parser: Papa.Parser | undefined;
  let rest = '';
  let line = 1;
  const parse = (isEnd: boolean): TableRow[] => {
    parser ??= new Papa.Parser(dialectOf(rest));
    const { data, meta, errors }: Papa.ParseResult<string[]> = parser.parse(rest, 0, !isEnd);
    // Most files quote nothing; then each row is a line.
    const isQuoted = rest.includes('"');
    rest = rest.slice(meta.cursor);
    const rows: TableRow[] = [];
    for (const cells of data) {
      if (cells.length > 1 || cells[0]?.trim()) rows.push({ line, cells });
      line += isQuoted ? 1 + countLineBreaks(cells, line) : 1;
    }
    if (errors.some(({ code }) => code === 'MissingQuotes')) {
      throw unclosedQuote(rows.at(-1)?.line ?? line);
    }
    return rows;
  };
  for await (const text of decodeText(bytes)) {
    rest += text;
    if (!parser && rest.length < leastFirstPiece) continue;
    const rows = parse(false);
    if (rest.length > longestRow) {
      throw badInput('A row has more than a million characters, or a quote is not closed.');
    }
    if (rows.length > 0) yield rows;
  }
  const rows = parse(true);
  if (rows.length > 0) yield rows;
}

/** How a file separates its cells and rows, as its first line that is not blank does. */
function dialectOf(start: string): { delimiter: string; newline: '\r\n' | '\n' | '\r' } {
  const unquoted = start.replaceAll(/"[^"]*"/g, 'x');
  const header = /\S.*/.exec(unquoted)?.[0] ?? '';
  const [delimiter = ','] = [',', ';', '\t'].toSorted(
    (one, other) => header.split(other).length - header.split(one).length,
  );
  return { delimiter, newline: (/\r\n|\n|\r/.exec(unquoted)?.[0] ?? '\n') as '\n' };
}

/** @throws {DomainError} when a cell runs over too many lines. */
function countLineBreaks(cells: string[], line: number): number {
  let count = 0;
  for (const cell of cells) {
    if (!cell.includes('\n')) continue;
    const breaks = cell.split('\n').length - 1;
    if (breaks > mostLinesInCell && cell.length > 80) throw unclosedQuote(line);
    count += breaks;
  }
  return count;
}

function unclosedQuote(line: number) {
  return badInput(`A quote that opens near line ${line} is not closed.`);
}
