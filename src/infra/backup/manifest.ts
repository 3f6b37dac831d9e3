import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

// A backup may have been tampered with: nothing in it is trusted to be SQL, a path, or fit for a terminal.
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'no name of a table or column');
const label = z.string().regex(/^[\w.+-]{1,100}$/, 'neither a version nor a migration');
const amount = z.string().nullable();

const table = z
  .object({
    name: identifier,
    columns: z.array(identifier).max(1600),
    rows: z.int().nonnegative(),
    /** For people: where the file is follows from the name. */
    file: z.string(),
    bytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'no SHA-256'),
  })
  .refine(({ name, file }) => file === dataFile(name), {
    path: ['file'],
    error: 'not the file of its table',
  });

/** A month of facts; amounts as exact decimal text, null where none was reported. */
const month = z.object({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'no month'),
  rows: z.int().nonnegative(),
  impressions: amount,
  clicks: amount,
  conversions: amount,
  revenue: amount,
  spend: amount,
});

const schema = z.object({
  format: z.literal(1),
  /** Of the program that wrote it. */
  version: label,
  takenAt: z.iso.datetime(),
  postgresVersion: z.string(),
  newestMigration: label,
  tables: z.array(table).max(1000),
  months: z.array(month),
  /** What our own bucket held; not part of the backup. */
  archive: z.object({ objects: z.number(), bytes: z.number() }),
});

/** What a backup holds, and what a restored database must add up to. */
export type Manifest = z.infer<typeof schema>;
export type BackedUpTable = z.infer<typeof table>;
export type MonthTotals = z.infer<typeof month>;

export const manifestFile = 'manifest.json';

/** Where the rows of a table are within the folder of a backup: COPY's text format, gzipped. */
export function dataFile(name: string): string {
  return `tables/${name}.copy.gz`;
}

/**
 * @throws {Error} when a folder holds no whole backup, the manifest being what is written last; or naming the first
 *   thing in it that no backup writes.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => {
    throw new Error(`${folder} holds no whole backup: there is no ${manifestFile} in it.`);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const where = issue ? ` (${issue.path.join('.')}: ${issue.message})` : '';
    throw new Error(
      `${join(folder, manifestFile)} cannot be read: it is damaged, or of a newer version${where}.`,
    );
  }
}

/** @throws {Error} naming the first file that is missing or not what it was when it was written. */
export async function checkFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const { name, bytes, sha256 } of tables) {
    const file = dataFile(name);
    const path = join(folder, file);
    const found = await lstat(path).catch(() => {
      throw new Error(`The backup is damaged: ${file} is missing.`);
    });
    if (!found.isFile()) throw new Error(`The backup is damaged: ${file} is no plain file.`);
    if (found.size !== bytes) {
      throw new Error(
        `The backup is damaged: ${file} has ${found.size} bytes instead of ${bytes}.`,
      );
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    if (hash.digest('hex') !== sha256) {
      throw new Error(`The backup is damaged: ${file} is not what was written.`);
    }
  }
}
