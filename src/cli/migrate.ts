import { Command } from 'commander';
import { loadConfig, readEnvironment } from '../config.ts';
import { migrate } from '../infra/migrate.ts';
import { connectServices } from '../infra/services.ts';

export const migrateCommand = new Command('migrate')
  .description('bring the database up to this version (as DATABASE_OWNER_URL)')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- migrate')
  .action(async () => {
    const services = await connectServices(loadConfig(readEnvironment()), 'owner');
    const applied = await migrate(services.config.databaseUrl);
    console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.');
    services.release();
  });
