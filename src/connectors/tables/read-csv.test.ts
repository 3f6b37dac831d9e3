import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readTable } from './read-table.ts';
import type { TableRow } from './table.ts';

const bom = '\ufeff';
const readAnyTable = (file: Readable) =>
  readTable(file, { isHeader: () => true, isDay: () => false });

async function readAll(chunks: (string | Buffer)[]): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  const buffers = chunks.map((chunk) => Buffer.from(chunk as string));
  for await (const batch of readAnyTable(Readable.from(buffers, { objectMode: false }))) {
    rows.push(...batch);
  }
  return rows;
}

const header = { line: 1, cells: ['name', 'note', 'count'] };
const tomato = { line: 2, cells: ['Tomate ä', '1', '2'] };

test.each([
  ['commas', 'name,note,count\nTomate ä,1,2\n'],
  ['semicolons', 'name;note;count\nTomate ä;1;2\n'],
  ['tabs', 'name\tnote\tcount\nTomate ä\t1\t2\n'],
  ['no line break at its end', 'name,note,count\nTomate ä,1,2'],
  ['line breaks of Windows', 'name,note,count\r\nTomate ä,1,2\r\n'],
  ['quotes', '"name","note","count"\n"Tomate ä",1,"2"\n'],
  ['a byte order mark', `${bom}name,note,count\nTomate ä,1,2\n`],
  ['a byte order mark before quotes', `${bom}"name","note",count\nTomate ä,1,2\n`],
  ['UTF-16LE', Buffer.from(`${bom}name\tnote\tcount\r\nTomate ä\t1\t2\r\n`, 'utf16le')],
])('a file with %s is read', async (_, file) => {
  expect(await readAll([file])).toEqual([header, tomato]);
});

test.each([
  [
    'Windows-1252 from its first character beyond ASCII on',
    'caf\xe9 \x80,\xc3\xa9',
    ['café €', 'Ã©'],
  ],
  ['UTF-8 with a character that is broken later', '\xc3\xa4,\xe4', ['ä', '\ufffd']],
])('%s is told from the other', async (_, line, cells) => {
  const rows = await readAll([Buffer.from(`a,b\n${line}\n`, 'latin1')]);
  expect(rows.at(-1)?.cells).toEqual(cells);
});

test('the delimiter is what the header has most of, whatever its cells and rows have', async () => {
  const rows = await readAll(['\n"a;b;c;d",e,f\n"1;2;3;4;5",2;3,4\n']);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['a;b;c;d', 'e', 'f'],
    ['1;2;3;4;5', '2;3', '4'],
  ]);
});

test('a semicolon file may have commas in its cells, and a tab file semicolons', async () => {
  const [, comma] = await readAll(['name;note;count\na, b;1,5;2,5\na, b;1,5;2,5\n']);
  expect(comma?.cells).toEqual(['a, b', '1,5', '2,5']);
  const [, semicolon] = await readAll(['name\tnote\tcount\na; b\t1;5\t2\n']);
  expect(semicolon?.cells).toEqual(['a; b', '1;5', '2']);
});

test.each(['\n', '\r\n'])('rows know their lines past quoted and blank ones (%j)', async (eol) => {
  const file = [
    'name,note,count',
    '"two',
    'lines","and',
    '',
    'more",1',
    '',
    '  ',
    'a,"b ""c"", d",2',
    'e,f,3',
  ].join(eol);
  expect(await readAll([file])).toEqual([
    header,
    { line: 2, cells: [`two${eol}lines`, `and${eol}${eol}more`, '1'] },
    { line: 8, cells: ['a', 'b "c", d', '2'] },
    { line: 9, cells: ['e', 'f', '3'] },
  ]);
});

test('rows of any number of cells are kept, and empty cells with them', async () => {
  const rows = await readAll(['name,note,count\n,,\n,\na\na,b\na,b,c,d\n']);
  expect(rows.slice(1).map(({ cells }) => cells)).toEqual([
    ['', '', ''],
    ['', ''],
    ['a'],
    ['a', 'b'],
    ['a', 'b', 'c', 'd'],
  ]);
});

test.each([
  ['UTF-8 with commas', Buffer.from(`${bom}a,bä,c\n"x\ny€",2,3\n\n1,😀,3\n4,5,6\n`)],
  ['semicolons and CRLF', Buffer.from('a;bä;c\r\n"x\r\ny";2;3\r\n\r\n1;😀;3\r\n4;5;6\r\n')],
  ['UTF-16LE with tabs', Buffer.from(`${bom}a\tbä\tc\r\n1\t😀\t3\r\n4\t5\t6\r\n`, 'utf16le')],
  ['UTF-16BE without a mark', Buffer.from('a,bä,c\n1,😀,3\n', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from('a,b\xe4,c\n"\xdcber",\x80,3\n', 'latin1')],
])('%s reads the same in whatever pieces it comes', async (_, file) => {
  const whole = await readAll([file]);
  const anyCuts = fc.uniqueArray(fc.integer({ min: 1, max: file.length - 1 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(anyCuts, async (cuts) => {
      const bounds = [0, ...cuts.sort((one, other) => one - other), file.length];
      const chunks = bounds.slice(1).map((end, index) => file.subarray(bounds[index], end));
      expect(await readAll(chunks)).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test('a cell may be long and have some line breaks', async () => {
  const [note, lines] = ['x'.repeat(900_000), `${'y'.repeat(100)}${'\n'.repeat(10)}`];
  const pieces = `name,note,count\na,"${note}",1\nb,"${lines}",2\n`.match(/.{1,65536}/gs) ?? [];
  expect((await readAll(pieces)).slice(1)).toEqual([
    { line: 2, cells: ['a', note, '1'] },
    { line: 3, cells: ['b', lines, '2'] },
  ]);
});

test('any cells, quoted, come back as they were', async () => {
  const anyCell = fc.string({ unit: fc.constantFrom('a', 'ä', ' ', ',', ';', '"', '\t', '\n') });
  const anyRow = fc.array(anyCell, { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 5 }), async (rows) => {
      const quoted = [header.cells, ...rows].map((cells) =>
        cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
      );
      const read = await readAll([`${quoted.join('\n')}\n`]);
      expect(read.map(({ cells }) => cells)).toEqual([header.cells, ...rows]);
    }),
  );
});

test('rows come in batches, none of them lost', async () => {
  const file = Array.from({ length: 50_000 }, (_, index) => `${index + 1},b,c\n`).join('');
  const chunks = file.match(/.{1,65536}/gs)?.map((chunk) => Buffer.from(chunk)) ?? [];
  const batches: TableRow[][] = [];
  for await (const batch of readAnyTable(Readable.from(chunks))) batches.push(batch);
  expect(batches.length).toBeGreaterThan(5);
  expect(batches.flat()).toHaveLength(50_000);
  expect(batches.flat().every(({ line, cells }) => cells[0] === String(line))).toBe(true);
});

test('a character that the end of the file cuts off is shown as such', async () => {
  const file = Buffer.from('name,note,count\na,b,ä').subarray(0, -1);
  expect((await readAll([file])).at(-1)?.cells).toEqual(['a', 'b', '\ufffd']);
});

test.each([
  ['nothing', []],
  ['no bytes', ['']],
  ['a byte order mark', [bom]],
  ['blank lines', ['\n \r\n\n']],
])('a file of %s has no rows', async (_, chunks) => {
  expect(await readAll(chunks)).toEqual([]);
});

test.each([
  ['half an XLSX file', ['PK\u0003\u0004\u0014\0\u0006\0'], /XLSX.*cut off/],
  ['a ZIP file that comes byte by byte', ['P', 'K', '\u0003', '\u0004', '\u0014'], /XLSX/],
  ['an old Excel file', [Buffer.from('d0cf11e0a1b11ae10000', 'hex')], /old Excel.*save it as XLSX/],
  ['another binary file', [Buffer.from('89504e470d0a1a0a00', 'hex').reverse()], /binary/],
  ['an unclosed quote', ['a,b,c\n1,"2,3\n4,5,6\n'], /near line 2 is not closed/],
  [
    'a quote closed lines later',
    [`a,b,c\n1,"2,3\n${'4,5,6,7,8\n'.repeat(10)}7,8",9\n`],
    /near line 2/,
  ],
  ['a row without an end', Array.from({ length: 60 }, () => 'x'.repeat(65_536)), /a million/],
])('%s is refused', async (_, chunks, message) => {
  await expect(readAll(chunks)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
});

test('a stream that breaks off is an error, not a short file', async () => {
  async function* broken() {
    yield Buffer.from('a,b,c\n1,2,3\n');
    throw new Error('connection reset');
  }
  const reading = async () => {
    for await (const batch of readAnyTable(Readable.from(broken()))) expect(batch).toBeDefined();
  };
  await expect(reading()).rejects.toThrow('connection reset');
});

/** A file without an end. @returns what reads it, up to its first batch. */
function openEndless(start: string) {
  function* endless() {
    yield Buffer.from(start);
    while (true) yield Buffer.from('1,2,3\n'.repeat(1000));
  }
  const file = Readable.from(endless());
  const readFirst = async () => {
    for await (const batch of readAnyTable(file)) return batch;
    return [];
  };
  return { file, readFirst };
}

test('rows come while the file is being read, which is closed when they are left', async () => {
  const { file, readFirst } = openEndless('a,b,c\n');
  expect((await readFirst())[1]).toEqual({ line: 2, cells: ['1', '2', '3'] });
  expect(file.destroyed).toBe(true);
});

test('a file that is refused is closed, so that its connection is given back', async () => {
  const { file, readFirst } = openEndless('\0\0\0\0');
  await expect(readFirst()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(file.destroyed).toBe(true);
});
