/** The operator's commands. */
import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { loadConfig, readEnvironment } from './config.ts';
import { createOrganization } from './domain/identity/create-organization.ts';
import { createFieldCipher } from './infra/crypto.ts';
import { createDatabase } from './infra/database.ts';
import { migrate } from './infra/migrate.ts';
import { connectServices } from './infra/services.ts';

const program = new Command('mediagraph').description("Mediagraph's operator commands");

program
  .command('migrate')
  .description('bring the database up to this version (as DATABASE_OWNER_URL)')
  .action(async () => {
    const services = await connectServices(loadConfig(readEnvironment()), 'owner');
    const applied = await migrate(services.config.databaseUrl);
    console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply.');
    services.release();
  });

program
  .command('create-admin')
  .description('add an organization with its owner')
  .requiredOption('--organization <name>', 'name of the organization')
  .requiredOption('--email <email>', "the owner's email")
  .option('--time-zone <zone>', 'IANA time zone of the organization', 'America/New_York')
  .option('--password <password>', 'at least 12 characters; made up and printed where left out')
  .action(async ({ organization, email, timeZone, password }) => {
    const services = await connectServices(loadConfig(readEnvironment()), 'server');
    const { databaseUrl, encryptionKeys, blindIndexKey } = services.config;
    const database = await createDatabase({ url: databaseUrl, poolSize: 1 });
    const ownerPassword = password ?? randomBytes(12).toString('base64url');
    await createOrganization(
      database.withTenant,
      createFieldCipher(encryptionKeys, blindIndexKey),
      { name: organization, timeZone, ownerEmail: email, ownerPassword },
    );
    console.log(`Created ${organization}. Sign in as ${email}, password ${ownerPassword}`);
    await database.close();
    services.release();
  });

program.parseAsync().catch((error: Error) => {
  console.error(`mediagraph: ${error.message}`);
  process.exit(1);
});
