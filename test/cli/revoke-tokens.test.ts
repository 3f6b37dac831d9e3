import { createServiceToken } from '../../src/domain/service-token/create-service-token.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { runCli } from '../support/run-cli.ts';

let agency: Agency;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;
const other = { email: 'owner@other.example', password: 'another long password' };

beforeAll(async () => {
  agency = await createAgency();
  authenticator = await openAuthenticator(agency);
  await addOrganization(agency, other);
});
afterAll(async () => {
  await authenticator.close();
  await agency.close();
});

const signIn = (user: Agency['owner']) => authenticator.signIn(user, agency.actor.origin);
const revoke = (...args: string[]) => runCli(agency, ['revoke-tokens', ...args]);
const stands = (token: string) =>
  authenticator.authenticate(token).then(
    () => true,
    () => false,
  );

test("an organization's sessions end, and nobody else's; its machines' tokens where that is said", async () => {
  const [mine, theirs] = [await signIn(agency.owner), await signIn(other)];
  const { token: machine } = await agency.database.withTenant(agency.tenant, (em) =>
    createServiceToken(em, agency.actor, {
      name: 'BI',
      scopes: ['READ'],
      allowsQueryString: false,
    }),
  );
  const tokens = [mine.token, String(machine), theirs.token];
  const standing = () => Promise.all(tokens.map(stands));
  const { organizationId } = agency.tenant;

  const unsaid = await revoke('--organization', organizationId);
  expect(unsaid.output).toContain('Nobody is there to ask');
  expect(await standing()).toEqual([true, true, true]);
  const { stdout } = await revoke('--organization', organizationId, '--yes');
  expect(stdout).toBe('Ended 1 sessions of Agency.\n');
  expect(await standing()).toEqual([false, true, true]);
  await expect(authenticator.refresh(mine.refreshToken, agency.actor.origin)).rejects.toThrow();

  const all = await revoke('--all', '--service-tokens', '--yes');
  expect(all.stdout).toBe('Ended 1 sessions of all organizations.\nEnded 1 service tokens.\n');
  expect(await standing()).toEqual([false, false, false]);
  const entries = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ action: string; after: object | null }[]>(
      `select action, after from audit_log where user_agent = 'operator' order by at`,
    ),
  );
  expect(entries).toEqual([
    { action: 'REVOKE_SESSIONS', after: { sessions: 1 } },
    { action: 'REVOKE', after: null },
  ]);
  expect((await revoke('--yes')).output).toContain('Name an --organization, or say --all.');
});
