import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** Within the folder of the backup: COPY's text format, gzipped. */
  file: z.string(),
  bytes: z.number(),
  sha256: z.string(),
});

/** A month of facts; amounts as exact decimal text, null where none was reported. */
const month = z.object({
  month: z.string(),
  rows: z.number(),
  impressions: z.string().nullable(),
  clicks: z.string().nullable(),
  conversions: z.string().nullable(),
  revenue: z.string().nullable(),
  spend: z.string().nullable(),
});

const schema = z.object({
  format: z.literal(1),
  /** Of the program that wrote it. */
  version: z.string(),
  takenAt: z.string(),
  postgresVersion: z.string(),
  newestMigration: z.string(),
  tables: z.array(table),
  months: z.array(month),
  /** What our own bucket held; not part of the backup. */
  archive: z.object({ objects: z.number(), bytes: z.number() }),
});

/** What a backup holds, and what a restored database must add up to. */
export type Manifest = z.infer<typeof schema>;
export type BackedUpTable = z.infer<typeof table>;
export type MonthTotals = z.infer<typeof month>;

export const manifestFile = 'manifest.json';

/** @throws {Error} when a folder holds no whole backup: the manifest is what is written last. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => {
    throw new Error(`${folder} holds no whole backup: there is no ${manifestFile} in it.`);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${join(folder, manifestFile)} cannot be read: it is damaged, or of a newer version.`,
    );
  }
}

/** @throws {Error} naming the first file that is missing or not what it was when it was written. */
export async function checkFiles(folder: string, { tables }: Manifest): Promise<void> {
  for (const { file, bytes, sha256 } of tables) {
    const path = join(folder, file);
    const found = await stat(path).catch(() => {
      throw new Error(`The backup is damaged: ${file} is missing.`);
    });
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
