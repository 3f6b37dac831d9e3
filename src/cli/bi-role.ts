import { Command } from 'commander';
import {
  type BiCredentials,
  type BiRole,
  createBiRole,
  dropBiRole,
  listBiRoles,
  resetBiRole,
} from '../infra/bi-roles.ts';
import type { OperatorDatabase } from '../infra/operator-database.ts';
import { type OperatorSession, withOperator } from './connect.ts';
import { findOrganization } from './find-organization.ts';
import { ago, printTable } from './output.ts';

export const biRoleCommand = new Command('bi-role')
  .description('roles with which BI tools read one organization by SQL (docs/bi-sql.md)')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- bi-role create --organization "My agency"');

biRoleCommand
  .command('create')
  .description('make a role, and print once what it logs in with')
  .requiredOption('--organization <name|id>', 'the one organization that it reads')
  .action(({ organization }: { organization: string }) =>
    withOperator(async (session) => {
      const { operator } = session;
      const { id, name } = await findOrganization(operator, organization);
      const made = await operator.changeAsOwner((em) => createBiRole(em, id));
      console.log(`Made ${made.name}, which reads the schema bi of ${name}.`);
      printCredentials(session, made);
      await warnOfBuiltins(operator);
    }),
  );

biRoleCommand
  .command('list')
  .description('show the roles of this database')
  .action(() =>
    withOperator(async ({ operator }) => {
      const roles = await operator.read(listBiRoles);
      const rows = roles.map((role) => [
        role.name,
        role.organization,
        role.organizationId,
        ago(role.createdAt),
        role.connections,
      ]);
      if (rows.length === 0) console.log('There are none.');
      else printTable(['Role', 'Organization', 'Id', 'Made', 'Connections'], rows);
    }),
  );

biRoleCommand
  .command('reset-password')
  .description('give a role another password and its settings back, and end its connections')
  .argument('<role>', 'its name')
  .action((name: string) =>
    withOperator(async (session) => {
      const { operator } = session;
      const role = await findRole(operator, name);
      printCredentials(session, await operator.changeAsOwner((em) => resetBiRole(em, role)));
    }),
  );

biRoleCommand
  .command('drop')
  .description('drop a role, and end its connections')
  .argument('<role>', 'its name')
  .action((name: string) =>
    withOperator(async ({ operator }) => {
      const role = await findRole(operator, name);
      await operator.changeAsOwner((em) => dropBiRole(em, role));
      console.log(`Dropped ${name} of ${role.organization}.`);
    }),
  );

/** @throws {Error} when this database knows no such role. */
async function findRole(operator: OperatorDatabase, name: string): Promise<BiRole> {
  const role = (await operator.read(listBiRoles)).find((each) => each.name === name);
  if (!role) throw new Error(`There is no role ${name}; \`bi-role list\` shows them.`);
  return role;
}

/** Only a superuser can close them, and nobody did where the database was not made by `roles.sql`. */
async function warnOfBuiltins({ asOwner }: OperatorDatabase): Promise<void> {
  const [found] = await asOwner<{ open: boolean }>(
    `select has_function_privilege('public', 'pg_advisory_lock(bigint)', 'execute') as open`,
  );
  if (!found?.open) return;
  console.error(
    'Every role of this database may hold advisory locks and write large objects, this one too: docs/bi-sql.md, what it cannot do.',
  );
}

function printCredentials(
  { services, config }: OperatorSession,
  { name, password }: BiCredentials,
): void {
  const url = new URL(services.databaseUrl);
  Object.assign(url, { username: name, password });
  console.log(`Host      ${url.hostname}
Port      ${url.port || 5432}
Database  ${decodeURIComponent(url.pathname.slice(1))}
User      ${name}
Password  ${password}
${url.href}

The password is kept nowhere: \`bi-role reset-password ${name}\` makes another.`);
  if (!config.DATABASE_OWNER_URL && !config.EMBEDDED_POSTGRES_PORT) {
    console.log(
      'The embedded PostgreSQL has another port at each start, unless EMBEDDED_POSTGRES_PORT says which.',
    );
  }
}
