import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../../src/cli/program.ts';
import { runInProcess } from '../support/run-cli.ts';
import { run } from '../support/run-program.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { rowsXml, workbookOf } from '../support/workbook.ts';

const folder = join(tmpdir(), `mediagraph-parse-${randomUUID()}`);
const cli = (...args: string[]) => runInProcess(args, {});

beforeAll(() => mkdir(folder));
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const good = surfsideRow({ impressions: 2000, clicks: 20, conversions: 2, revenue: 0.1 });
const bad = surfsideRow({ creative: '', clicks: 5000 });

test('a file is summed up without a database, its bad rows with their line and every reason', async () => {
  const rows = [good, good, bad, { ...good, campaign: 'Other', revenue: 0.2 }];
  const path = await write('media-2026-01-05.csv', surfsideFile('2026-01-05', rows));
  const { status, stdout } = await run('src/cli.js', ['parse', path], {});
  expect(status).toBe(0);
  expect(stdout).toContain('day 2026-01-05');
  expect(stdout).toContain('Columns: date, campaign, strategy');
  expect(stdout).toContain('Rows: 4 read, 1 rejected (25.00 %); distinct campaigns: 2');
  expect(stdout).toContain('2026-01-05\t3\t6000\t60\t6\t0.4');
  expect(stdout).toContain('4\tcreative is missing; clicks (5000) exceed impressions (1000)\t');
});

test("the day is the name's, the one that is given or, without either, each row's own", async () => {
  const days = ['2026-01-05', '2026-01-06'].map((day) => surfsideFile(day, [good]));
  const both = days.join('').replace(/\nDate,.*\n/, '\n');
  const path = await write('media.csv', both);
  expect((await cli('parse', path)).stdout).toMatch(/2026-01-05\t1\t.*\n2026-01-06\t1\t/);
  const ofOne = await cli('parse', path, '--date', '2026-01-06');
  expect(ofOne.stdout).toContain('rejected 1 x OTHER_DATE');
  expect(ofOne.status).toBe(0);
});

test("a workbook of another source is summed up by that source's columns", async () => {
  const table = [
    ['Day', 'Campaign name', 'Ad set name', 'Ad name', 'Impressions', 'Link clicks'],
    ['46027', 'Brand', 'Geo', 'Video', '2000', '20'],
    ['46027', '', '', '', '2500', '20'],
  ];
  for (const [line, cells] of table.entries()) {
    cells.push(
      ...(line === 0 ? ['Purchases', 'Amount spent (USD)', 'Age'] : ['2', '9.5', '18-24']),
    );
  }
  const path = await write('facebook.csv', workbookOf(rowsXml(table)));
  const { status, stdout } = await cli('parse', path, '--source', 'FACEBOOK');
  expect(status).toBe(0);
  expect(stdout).toContain('mediaCost (Amount spent (USD)); passed over: Age');
  expect(stdout).toContain("The export's total of impressions on 2026-01-05 is 2500");
  expect(stdout).toContain('2026-01-05\t1\t2000\t20\t2\t9.5');
});

test('a file of which an ingestion would apply nothing ends with 1', async () => {
  const path = await write('bad.csv', surfsideFile('2026-01-05', [good, bad, bad]));
  const { status, output } = await cli('parse', path, '--rejects', '1');
  expect(status).toBe(1);
  expect(output).toContain('The first 1 rejected rows:');
  expect(output).toContain('An ingestion would apply nothing of it: only 1 of 3 rows are valid.');
});

test.each([
  ['no.csv', undefined, 'is not there'],
  ['.', undefined, 'is no file'],
  ['picture.csv', Buffer.from([0x89, 0x50, 0, 0, 1, 2]), 'This is a binary file'],
  ['notes.csv', 'just a few\nwords\n', 'The file lacks: date, campaign'],
  ['empty.csv', '', 'The file is empty'],
  ['header.csv', surfsideFile('2026-01-05', []), 'a header but no rows'],
])('%s is refused with the reason, and no stack', async (name, content, reason) => {
  const path = content === undefined ? join(folder, name) : await write(name, content);
  const { status, output } = await cli('parse', path);
  expect(status).toBe(1);
  expect(output).toContain(reason);
  expect(output).not.toMatch(/^ {4}at /m);
});

test.each([
  [['nonsense'], "unknown command 'nonsense'"],
  [['parse'], "missing required argument 'file'"],
  [['parse', 'x.csv', '--source', 'MOON'], 'Allowed choices are SURFSIDE'],
  [['parse', 'x.csv', '--date', '2026-02-30'], 'no day of the calendar'],
  [['parse', 'x.csv', '--rejects', 'many'], 'a whole number from 0 to 1000'],
  [['requeue'], 'Say which: --id'],
  [['jobs', '--since', 'yesterday'], 'a day (YYYY-MM-DD), an instant'],
  [['backfill', '--from', '2026-01-02', '--to', '2026-01-01'], 'before it starts'],
  [['backfill', '--from', '2026-01-01', '--to', '2026-01-02'], 'Say which: --feed'],
  [['queue', 'pause', 'naps', '--reason', 'x'], 'Allowed choices are ingestion'],
  [['emergency', 'stop'], "required option '--reason <text>'"],
  [['emergency', 'stop', '--reason', ' '], '1 to 500 characters'],
])('%j is refused by what is wrong with it', async (args, reason) => {
  const { status, output } = await cli(...args);
  expect(status).toBe(1);
  expect(output).toContain(reason);
});

test('every command explains itself with an example', () => {
  expect(program.commands.map((command) => command.name())).toContain('restore-check');
  for (const command of program.commands) {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toMatch(/Examples?:\n +\$ npm/);
  }
});

test("with only one role's database, a command that needs both says so and starts nothing", async () => {
  const url = 'postgresql://mediagraph_server:x@127.0.0.1:9/none';
  const { status, output } = await run('src/cli.js', ['workers'], { DATABASE_URL: url });
  expect(status).toBe(1);
  expect(output).toContain('DATABASE_OWNER_URL: not set, and DATABASE_URL is');
});
