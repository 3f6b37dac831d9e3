import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { createServiceToken } from '../../src/domain/service-token/create-service-token.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openSocket } from '../support/open-socket.ts';
import { runCli } from '../support/run-cli.ts';
import { postJson } from '../support/send.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const admin = { email: 'admin@agency.example', password: 'seven wooden ducklings' };
const reason = 'a password was stolen';
let folder: string;
let logFile: string;
let installation: Installation;
/** A second server, whose log is read. */
let other: { url: string; internalUrl: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mediagraph-emergency-'));
  logFile = join(folder, 'server.log');
  installation = await startInstallation();
  other = await installation.startServer({}, logFile);
});
afterAll(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

const emergency = (...args: string[]) => runCli(installation.agency, ['emergency', ...args]);
const asked = (query: string, token?: string, variables: object = {}) =>
  postJson(other.url, { query, variables }, token);
const signIn = async (user: object) => {
  const query = 'mutation Enter($input: SignInInput!) { signIn(input: $input) { token } }';
  const { data, error } = await asked(query, undefined, { input: user });
  return { ...data?.signIn, code: error?.extensions?.code, message: error?.message };
};
const stands = async (token: string) => (await asked('{ viewer { role } }', token)).data !== null;
const gauges = async () => {
  const urls = [installation.internalUrl, other.internalUrl];
  const texts = await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
  return texts.map((text) => /^mediagraph_emergency_mode (\d)$/m.exec(text)?.[1]).join('');
};
const pauses = () =>
  installation.agency.database.withTenant(installation.agency.tenant, (em) =>
    em.execute<{ queue: string; reason: string }[]>(
      'select queue, reason from queue_pauses order by queue',
    ),
  );

/** An administrator with a second factor. @returns codes, each for one sign-in. */
async function addAdmin(): Promise<string[]> {
  const { agency } = installation;
  const { organizationId } = agency.tenant;
  await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, role: 'ADMIN', clientIds: [], ...admin }),
  );
  const { token } = await signIn(admin);
  const { data: begun } = await asked(
    'mutation ($input: EnrolSecondFactorInput!) { enrolSecondFactor(input: $input) { secret } }',
    token,
    { input: { password: admin.password } },
  );
  const totp = new TOTP({ secret: Secret.fromBase32(begun.enrolSecondFactor.secret) });
  const { data } = await asked(
    'mutation ($input: SecondFactorCodeInput!) { confirmSecondFactor(input: $input) { recoveryCodes } }',
    token,
    { input: { code: totp.generate() } },
  );
  return data.confirmSecondFactor.recoveryCodes;
}

test('an emergency signs everybody out, lets in by a second factor alone, stops jobs, writes down who asks what, and goes without a trace', async () => {
  const { agency } = installation;
  const { owner } = agency;
  const [code = '', again = ''] = await addAdmin();
  const machine = await agency.database.withTenant(agency.tenant, (em) =>
    createServiceToken(em, agency.actor, {
      name: 'BI',
      scopes: ['READ'],
      allowsQueryString: false,
    }),
  );
  const before = await signIn(owner);
  const socket = await openSocket(installation, before.token);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await runAs(agency.urls.ownerUrl, `select pause_queue('mail', 'of before', false)`);
  expect(await gauges()).toBe('00');

  const begun = await emergency('on', '--reason', reason, '--until', '4h', '--yes');
  expect(begun.stdout).toMatch(/^Ended \d sessions\.\nAn emergency lasts, since \d+ s ago, until /);
  // What it forbids is forbidden at once, whatever servers know by then.
  expect(await stands(before.token)).toBe(false);
  expect(await signIn(owner)).toMatchObject({ code: 'FORBIDDEN' });
  // Whoever has the right password is worth knowing of.
  await until('its trace', async () => {
    const found = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`select from audit_log where after ->> 'wrong' = 'KEPT_OUT'`),
    );
    return found.length > 0;
  });
  expect(await signIn({ ...owner, password: 'a guess' })).toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  expect(await closed).toBe(4403);
  expect(await stands(String(machine.token))).toBe(true);
  await until('both servers notice', async () => (await gauges()) === '11');
  expect(await pauses()).toEqual([
    { queue: '*', reason },
    { queue: 'mail', reason: 'of before' },
  ]);

  const entered = await signIn({ ...admin, code });
  const { data } = await asked(
    'query Look { health { status components { name status message } } mine: viewer { role } }',
    entered.token,
  );
  expect(data.health.components).toContainEqual({
    name: 'EMERGENCY',
    status: 'DEGRADED',
    message: expect.stringContaining(`: ${reason}`),
  });
  const lines = await until('the log', async () => {
    const text = await readFile(logFile, 'utf8');
    return text.includes('"Look"') && text;
  });
  const logged = lines.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
  expect(logged).toContainEqual(
    expect.objectContaining({
      msg: 'operation',
      ...{ type: 'query', operation: 'Look', fields: ['health', 'viewer'], codes: [] },
      ...{ organizationId: agency.tenant.organizationId, userId: expect.any(String) },
      ...{ ip: '127.0.0.1', userAgent: 'node', requestId: expect.any(String), hasToken: true },
    }),
  );
  expect(logged).toContainEqual(
    expect.objectContaining({ msg: 'operation', operation: 'Enter', fields: ['signIn'] }),
  );
  expect(logged).toContainEqual(
    expect.objectContaining({ msg: 'request', url: '/graphql', status: 200, ip: '127.0.0.1' }),
  );
  const secrets = [owner.password, owner.email, admin.password, code, entered.token, 'a guess'];
  for (const secret of secrets) expect(lines).not.toContain(secret);

  // Whom an operator lets in sets one up, and does nothing before.
  expect((await emergency('let-in', '--email', owner.email)).status).toBe(0);
  const guest = await signIn(owner);
  const { data: self } = await asked('{ viewer { mustEnrol } }', guest.token);
  expect(self).toEqual({ viewer: { mustEnrol: true } });
  expect((await asked('{ clients { edges { cursor } } }', guest.token)).error).toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });

  const ended = await emergency('off');
  expect(ended.stdout).toContain('There is no emergency.');
  expect(await pauses()).toEqual([{ queue: 'mail', reason: 'of before' }]);
  const { data: free } = await asked('{ clients { edges { cursor } } }', guest.token);
  expect(free).toEqual({ clients: { edges: [] } });
  expect(await signIn({ ...admin, code: again })).toMatchObject({ token: expect.any(String) });
  expect((await emergency('off')).output).toContain('There is no emergency.');
  await until('both servers notice', async () => (await gauges()) === '00');
  const actions = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `select action, after ->> 'reason' as reason from audit_log where action like '%EMERGENCY' order by at`,
    ),
  );
  expect(actions).toEqual([
    { action: 'BEGIN_EMERGENCY', reason },
    { action: 'END_EMERGENCY', reason: null },
  ]);
});

test('an emergency ends by itself when its time is over, and one that is configured begins with the process', async () => {
  const { urls } = installation.agency;
  await runAs(urls.ownerUrl, `select begin_emergency('short', now() + interval '1 ms', '{*}')`);
  await until('its end', async () => (await pauses()).length === 1);
  const configured = installation.startServer({ EMERGENCY_MODE: 'true' }, logFile);
  // It cannot be signed in to by whom it is tested with.
  await expect(configured).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await pauses()).toMatchObject([{ queue: '*', reason: 'EMERGENCY_MODE is set' }, {}]);
  expect((await emergency('status')).stdout).toContain('until `emergency off`');
});
