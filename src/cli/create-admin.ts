import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { loadConfig, readEnvironment } from '../config.ts';
import { createOrganization } from '../domain/identity/create-organization.ts';
import { organizationKinds } from '../domain/identity/organization.entity.ts';
import { createFieldCipher } from '../infra/crypto.ts';
import { createDatabase } from '../infra/database.ts';
import { connectServices } from '../infra/services.ts';

export const createAdminCommand = new Command('create-admin')
  .description('add an organization with its owner')
  .requiredOption('--organization <name>', 'name of the organization')
  .requiredOption('--email <email>', "the owner's email")
  .addOption(
    new Option('--kind <kind>', 'an agency, or an advertiser that reports for itself alone')
      .choices(organizationKinds.map((kind) => kind.toLowerCase()))
      .default('agency'),
  )
  .option('--time-zone <zone>', 'IANA time zone of the organization', 'America/New_York')
  .option('--password <password>', '12 to 256 characters, hard to guess; made up where left out')
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- create-admin --organization "My agency" --email me@example.com',
  )
  .action(async ({ organization, kind, email, timeZone, password }) => {
    const services = await connectServices(loadConfig(readEnvironment()), 'server');
    const { databaseUrl, encryptionKeys, blindIndexKey } = services.config;
    const database = await createDatabase({ url: databaseUrl, poolSize: 1 });
    const ownerPassword = password ?? randomBytes(12).toString('base64url');
    try {
      await createOrganization(
        database.withTenant,
        createFieldCipher(encryptionKeys, blindIndexKey),
        {
          name: organization,
          kind: kind.toUpperCase(),
          timeZone,
          ownerEmail: email,
          ownerPassword,
        },
      );
    } finally {
      await database.close();
      services.release();
    }
    console.log(`Created ${organization}. Sign in as ${email}, password ${ownerPassword}`);
  });
