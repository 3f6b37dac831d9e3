import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { DateRange, LocalDate } from '../src/domain/calendar.ts';
import { compileKeyPattern } from '../src/domain/feed/key-pattern.ts';

/** A folder of daily files: what they are called and which days they are of. */
export interface FileFolder {
  /** Its name: the client's. */
  name: string;
  /** Key pattern of the files, below the folder's name. */
  keyPattern: string;
  range: DateRange;
  /** Changes when any file does. */
  fingerprint: string;
  files: { key: string; body: Buffer }[];
}

/**
 * Read the CSV files of a folder whose names hold a day, all in the same way.
 *
 * @throws {Error} when there is none, or their names differ in more than the day.
 */
export async function readFolder(folder: string): Promise<FileFolder> {
  const path = resolve(folder);
  const entries = await readdir(path).catch(() => {
    throw new Error(`There is no folder ${path}.`);
  });
  const names = entries.filter((name) => name.endsWith('.csv')).sort();
  const name = basename(path);
  const patterns = new Set(names.map(toPattern));
  const keyPattern = `${name}/${[...patterns][0]}`;
  const dateOf = patterns.size === 1 ? compileDates(keyPattern) : () => undefined;
  const dates = names.flatMap((file) => dateOf(`${name}/${file}`) ?? []).sort();
  if (dates.length === 0 || dates.length < names.length) {
    const found = names.slice(0, 3).join(', ') || 'no CSV files';
    throw new Error(
      `${path} must hold CSV files named alike but for the day, such as surfside_2026-11-21.csv; it holds ${found}.`,
    );
  }
  const files = await Promise.all(
    names.map(async (file) => ({ key: `${name}/${file}`, body: await readFile(join(path, file)) })),
  );
  const hash = createHash('sha256');
  for (const { key, body } of files) hash.update(key).update(body);
  return {
    name,
    keyPattern,
    range: { from: dates.at(0) ?? '', to: dates.at(-1) ?? '' },
    fingerprint: hash.digest('hex').slice(0, 32),
    files,
  };
}

/** How the day of a key is read; not at all, where the pattern names none. */
function compileDates(keyPattern: string): (key: string) => LocalDate | undefined {
  return keyPattern.includes('{date') ? compileKeyPattern(keyPattern).dateOf : () => undefined;
}

/** @returns the name itself when it holds no day. */
function toPattern(name: string): string {
  if (/\d{4}-\d{2}-\d{2}/.test(name)) return name.replace(/\d{4}-\d{2}-\d{2}/, '{date}');
  return name.replace(/\d{8}/, '{date:yyyyMMdd}');
}
