import { resolve } from 'node:path';
import { Command } from 'commander';
import { measureArchive } from '../infra/backup/check-archive.ts';
import { type Manifest, readManifest } from '../infra/backup/manifest.ts';
import { restoreBackup } from '../infra/backup/restore-backup.ts';
import { inScratchDatabase } from '../infra/backup/scratch-database.ts';
import { createOperatorDatabase } from '../infra/operator-database.ts';
import { checkArchive } from './backup.ts';
import { withOperator } from './connect.ts';
import { readNumber } from './options.ts';
import { colored, count } from './output.ts';

export const restoreCheckCommand = new Command('restore-check')
  .description('restore a backup into a scratch database, compare it with its manifest, drop it')
  .argument('<folder>', 'of a backup')
  .option('--sample <number>', 'archived files to read and check', readNumber(0, 100_000), 20)
  .addHelpText('after', '\nExample:\n  $ npm run cli -- restore-check backups/2026-11-21')
  .action((folder: string, { sample }: { sample: number }) =>
    withOperator(async ({ services }) => {
      const manifest = await readManifest(resolve(folder));
      await inScratchDatabase(services.databaseUrl, async (scratchUrl) => {
        await restore(scratchUrl, resolve(folder), manifest);
        const operator = await createOperatorDatabase(scratchUrl);
        const archive = await measureArchive(services.s3);
        await checkArchive({ operator, services }, archive, sample).finally(() => operator.close());
      });
      console.log(colored('green', 'The backup can be restored. The scratch database is dropped.'));
    }),
  );

export const restoreCommand = new Command('restore')
  .description('restore a backup into an empty database')
  .argument('<folder>', 'of a backup')
  .requiredOption('--into <url>', 'empty database, as the role that is to own its tables')
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- restore backups/2026-11-21 --into postgresql://mediagraph_owner:...@HOST/mediagraph',
  )
  .action(async (folder: string, { into }: { into: string }) => {
    if (!/^postgres(ql)?:\/\//.test(into)) throw new Error('--into must be a postgresql:// URL.');
    await restore(into, resolve(folder), await readManifest(resolve(folder)));
  });

async function restore(url: string, folder: string, manifest: Manifest): Promise<void> {
  const { takenAt, version, newestMigration, tables, months } = manifest;
  console.log(`Backup of ${takenAt}, version ${version}, ${newestMigration}`);
  const startedAt = performance.now();
  await restoreBackup(url, folder, manifest, ({ name, rows }) =>
    console.error(`  ${name}: ${count(rows)} rows`),
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `Restored ${count(rows)} rows in ${seconds} s: the rows of ${tables.length} tables and the sums of ${months.length} months are what the manifest says.`,
  );
}
