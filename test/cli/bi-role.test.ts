import { Client as PgClient } from 'pg';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { type Agency, addClient, addOrganization, createAgency } from '../support/agency.ts';
import { runCli } from '../support/run-cli.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let url: string;
let name: string;

beforeAll(async () => {
  agency = await createAgency();
  await addClient(agency, 'Acme');
});
afterAll(() => agency.close());

const biRole = (...args: string[]) => runCli(agency, ['bi-role', ...args]);
const urlIn = (output: string) => /^postgresql:.*$/m.exec(output)?.[0] ?? '';
const clientsSeenBy = (url: string) => runAs(url, 'select client_name from clients');

test('a role is made for an organization by its name, and what is printed logs in', async () => {
  const { status, stdout, output } = await biRole('create', '--organization', 'Agency');
  expect({ status, output }).toMatchObject({ status: 0 });
  url = urlIn(stdout);
  name = new URL(url).username;
  expect(stdout).toContain(`Made ${name}, which reads the schema bi of Agency.`);
  expect(stdout).toContain(`\nPassword  ${new URL(url).password}\n`);
  expect(await clientsSeenBy(url)).toEqual([{ client_name: 'Acme' }]);
  const listed = await biRole('list');
  expect(listed.stdout).toContain(`${name}\tAgency\t${agency.tenant.organizationId}\t`);
  // Known to PostgreSQL by its verifier alone, which was computed here.
  const [kept] = await runAs<{ rolpassword: string }>(
    agency.urls.superuserUrl,
    'select rolpassword from pg_authid where rolname = $1',
    [name],
  );
  expect(kept?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:\S+\$\S+:\S+$/);
});

test('another password ends the old one and its connections, and gives the settings back', async () => {
  const client = new PgClient({ connectionString: url });
  const ended = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  await client.query('set default_transaction_read_only = off');
  await client.query('alter role current_user set statement_timeout = 0');
  const { status, stdout } = await biRole('reset-password', name);
  expect(status).toBe(0);
  await expect(ended).resolves.toMatchObject({ code: '57P01' });
  await expect(clientsSeenBy(url)).rejects.toThrow('password authentication failed');
  url = urlIn(stdout);
  expect(await runAs(url, 'show statement_timeout')).toEqual([{ statement_timeout: '1min' }]);
});

test('of several organizations of one name, the id says which', async () => {
  const owner = { email: 'owner@second.example', password: 'another long password' };
  const { organizationId } = await addOrganization(agency, owner);
  const unclear = await biRole('create', '--organization', 'Agency');
  expect(unclear).toMatchObject({ status: 1 });
  expect(unclear.output).toContain('More than one organization is called Agency: give its id.');
  const unknown = await biRole('create', '--organization', 'Nobody');
  expect(unknown.output).toContain('There is no organization Nobody.');
  const id = toGlobalId('Organization', organizationId);
  const { status, stdout } = await biRole('create', '--organization', id);
  expect(status).toBe(0);
  expect(await clientsSeenBy(urlIn(stdout))).toEqual([]);
});

test('a dropped role is gone with its connections, and each change left a trace', async () => {
  expect(await biRole('drop', name)).toMatchObject({
    status: 0,
    stdout: `Dropped ${name} of Agency.\n`,
  });
  await expect(clientsSeenBy(url)).rejects.toThrow('password authentication failed');
  const again = await biRole('drop', name);
  expect(again).toMatchObject({ status: 1 });
  expect(again.output).toContain(`There is no role ${name}; \`bi-role list\` shows them.`);
  const trace = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `select action, user_agent, coalesce(after, before) ->> 'name' as name from audit_log
       where entity_type = 'BiRole' order by at`,
    ),
  );
  const by = { user_agent: 'operator', name };
  expect(trace).toEqual(['CREATE', 'RESET_PASSWORD', 'DROP'].map((action) => ({ action, ...by })));
});
