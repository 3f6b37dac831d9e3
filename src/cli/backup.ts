import { resolve } from 'node:path';
import { Command } from 'commander';
import { plainDecimal } from '../domain/plain-decimal.ts';
import { findDamaged, measureArchive } from '../infra/backup/check-archive.ts';
import type { Manifest } from '../infra/backup/manifest.ts';
import { writeBackup } from '../infra/backup/write-backup.ts';
import { createObjectStore } from '../infra/storage.ts';
import { type OperatorSession, withOperator } from './connect.ts';
import { readNumber } from './options.ts';
import { bytes, count, printTable } from './output.ts';

export const backupCommand = new Command('backup')
  .description('write all rows into a folder, with a manifest of what they add up to')
  .argument('<folder>', 'empty, or not there yet')
  .option('--sample <number>', 'archived files to read and check', readNumber(0, 100_000), 20)
  .addHelpText(
    'after',
    `
The folder holds everything but archived files (those are in S3_BUCKET) and the keys of encrypted
fields (ENCRYPTION_KEYS, BLIND_INDEX_KEY): keep both apart from it.

Example:
  $ npm run cli -- backup backups/2026-11-21`,
  )
  .action((folder: string, { sample }: { sample: number }) =>
    withOperator(async (session) => {
      const { services } = session;
      const archive = await measureArchive(services.s3);
      const manifest = await writeBackup(services.databaseUrl, resolve(folder), archive, (table) =>
        console.error(`  ${table.name}: ${count(table.rows)} rows, ${bytes(table.bytes)}`),
      );
      const { tables, months, newestMigration, takenAt } = manifest;
      printTable(
        ['Month', 'Rows', 'Impressions', 'Clicks', 'Conversions', 'Revenue', 'Spend'],
        months.map(({ month, rows: number, ...sums }) => [
          ...[month, number],
          ...Object.values(sums).map(plainDecimal),
        ]),
      );
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const size = tables.reduce((sum, table) => sum + table.bytes, 0);
      console.log(
        `Backed up ${count(rows)} rows of ${tables.length} tables, ${bytes(size)}, as of ${takenAt}, ${newestMigration}.`,
      );
      await checkArchive(session, archive, sample);
    }),
  );

/**
 * Read some of the archived files that the database knows.
 *
 * @param archive what the bucket holds altogether.
 * @throws {Error} naming those that are missing or damaged.
 */
export async function checkArchive(
  { operator, services }: Pick<OperatorSession, 'operator' | 'services'>,
  archive: Manifest['archive'],
  sample: number,
): Promise<void> {
  const known = await operator.read((em) =>
    em.execute<{ sha256: string }[]>(
      `select sha256 from (select distinct sha256 from source_objects where expired_at is null) files order by random() limit ?`,
      [sample],
    ),
  );
  const store = createObjectStore(services.s3);
  const damaged = await findDamaged(
    store,
    known.map(({ sha256 }) => sha256),
  ).finally(() => store.close());
  console.log(
    `Archive: ${count(archive.objects)} files, ${bytes(archive.bytes)}; ${known.length} of those that the database knows were read, ${damaged.length} missing or damaged.`,
  );
  if (damaged.length > 0) throw new Error(`Missing or damaged in S3: ${damaged.join(', ')}.`);
}
