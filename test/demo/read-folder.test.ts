import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from '../../demo/read-folder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'read-folder-'));
});
afterEach(() => rm(root, { recursive: true }));

/** A folder `Acme` of files by name. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const path = join(root, 'Acme');
  await mkdir(path, { recursive: true });
  for (const [name, body] of Object.entries(files)) await writeFile(join(path, name), body);
  return path;
}

test('files named alike but for the day make a pattern, a range and keys', async () => {
  const folder = await folderOf({
    'surfside_2026-11-21.csv': 'b',
    'surfside_2026-11-19.csv': 'a',
    'surfside_2026-11-23.csv': 'c',
    'notes.txt': 'not a report',
  });
  expect(await readFolder(folder)).toEqual({
    name: 'Acme',
    keyPattern: 'Acme/surfside_{date}.csv',
    range: { from: '2026-11-19', to: '2026-11-23' },
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    files: [
      { key: 'Acme/surfside_2026-11-19.csv', body: Buffer.from('a') },
      { key: 'Acme/surfside_2026-11-21.csv', body: Buffer.from('b') },
      { key: 'Acme/surfside_2026-11-23.csv', body: Buffer.from('c') },
    ],
  });
});

test('a day may be written without dashes', async () => {
  const { keyPattern, range } = await readFolder(await folderOf({ 'm-20261121-v2.csv': 'a' }));
  expect(keyPattern).toBe('Acme/m-{date:yyyyMMdd}-v2.csv');
  expect(range).toEqual({ from: '2026-11-21', to: '2026-11-21' });
});

test('the fingerprint is that of the files, and another when any of them changes', async () => {
  const names = ['m-2026-11-20.csv', 'm-2026-11-21.csv'] as const;
  const [one, two] = names;
  const before = await readFolder(await folderOf({ [one]: 'a', [two]: 'b' }));
  expect((await readFolder(join(root, 'Acme'))).fingerprint).toBe(before.fingerprint);
  const changed = await readFolder(await folderOf({ [two]: 'c' }));
  const grown = await readFolder(await folderOf({ [two]: 'b', 'm-2026-11-22.csv': '' }));
  const fingerprints = [before, changed, grown].map(({ fingerprint }) => fingerprint);
  expect(new Set(fingerprints).size).toBe(3);
});

test.each([
  ['no CSV files', { 'notes.txt': '' }, 'no CSV files'],
  ['no day in a name', { 'media.csv': '' }, 'media.csv'],
  ['a day that is none', { 'media-2026-13-45.csv': '' }, 'media-2026-13-45.csv'],
  ['names of two kinds', { 'a-2026-11-21.csv': '', 'b-2026-11-21.csv': '' }, 'a-2026-11-21.csv, b'],
  ['days of two kinds', { 'a-2026-11-21.csv': '', 'a-20261122.csv': '' }, 'a-2026-11-21.csv, a-2'],
  ['one name without a day', { 'a-2026-11-21.csv': '', 'a.csv': '' }, 'a-2026-11-21.csv, a.csv'],
])('a folder with %s is refused, with what it holds', async (_, files, held) => {
  const folder = await folderOf(files as Record<string, string>);
  await expect(readFolder(folder)).rejects.toThrow(`it holds ${held}`);
});

test('a folder that is not there is an error', async () => {
  const nowhere = join(root, 'nowhere');
  await expect(readFolder(nowhere)).rejects.toThrow(`There is no folder ${nowhere}.`);
});
