import { createHook } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { changeClientStatus } from '../../src/domain/client/update-client.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { findOrganizations } from '../../src/domain/identity/find-organizations.ts';
import { signInLimits } from '../../src/domain/identity/sign-in.ts';
import type { RateLimit } from '../../src/domain/rate-limit.ts';
import { createPostgresRateLimiter } from '../../src/infra/broker/rate-limiter.ts';
import { type Agency, addClient, addOrganization, createAgency } from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let pool: Pool;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;

beforeAll(async () => {
  agency = await createAgency();
  pool = new Pool({ connectionString: agency.urls.serverUrl });
  authenticator = await openAuthenticator(agency, { rateLimiter: createPostgresRateLimiter(pool) });
});
afterAll(async () => {
  await authenticator.close();
  await pool.end();
  await agency.close();
});

const from = (ip: string | null, requestId = 'test') => ({ requestId, ip, userAgent: 'jest' });
const wrong = {
  code: 'UNAUTHENTICATED',
  message: 'The email or the password is wrong.',
  fields: [],
};

/** A user of the agency. */
async function addUser(role: 'ANALYST' | 'CLIENT', clientIds: string[] = []) {
  const user = { email: `${randomUUID()}@agency.example`, password: 'a quite long password' };
  const { organizationId } = agency.tenant;
  await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, role, clientIds, ...user }),
  );
  return user;
}

/** What the audit log says of a request. */
function auditOf(requestId: string) {
  return agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ action: string; after: object; ip: string }[]>(
      'select action, after, ip from audit_log where request_id = ?',
      [requestId],
    ),
  );
}

test('the right password gives a token that stands for the user, and a trace', async () => {
  const requestId = randomUUID();
  const credentials = { email: ' OWNER@agency.example ', password: agency.owner.password };
  const signedIn = await authenticator.signIn(credentials, from('192.0.2.7', requestId));
  const viewer = await authenticator.authenticate(signedIn.token);
  expect(viewer).toEqual(signedIn.viewer);
  expect(viewer).toMatchObject({ email: 'owner@agency.example', role: 'OWNER', clientIds: null });
  expect(await auditOf(requestId)).toEqual([
    { action: 'SIGN_IN', after: { userId: viewer.userId }, ip: '192.0.2.7' },
  ]);
});

test('ten wrong passwords from one address end the tries from there, and keep nobody else out', async () => {
  const { email, password } = agency.owner;
  const guess = () => authenticator.signIn({ email, password: 'wrong' }, from('192.0.2.1'));
  for (let attempt = 0; attempt < 10; attempt++) {
    await expect(guess()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  await expect(guess()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  // The right one counts not at all, however often.
  for (let time = 0; time < 12; time++) {
    await authenticator.signIn({ email, password }, from('192.0.2.2'));
  }
});

test('many wrong passwords for one email, or from one address, end its tries wherever the others come from', async () => {
  const { email, password } = await addUser('ANALYST');
  const limiter = createPostgresRateLimiter(pool);
  const useUp = async (limit: RateLimit, key: string) => {
    for (let attempt = 0; attempt < limit.points; attempt++) await limiter.consume(limit, key);
  };
  await useUp(signInLimits.perAddress, '192.0.2.4');
  const limited = { code: 'RATE_LIMITED' };
  await expect(authenticator.signIn({ email, password }, from('192.0.2.4'))).rejects.toMatchObject(
    limited,
  );
  await authenticator.signIn({ email, password }, from('192.0.2.5'));
  await useUp(signInLimits.perEmail, agency.cipher.blindIndex(email));
  await expect(authenticator.signIn({ email, password }, from('192.0.2.6'))).rejects.toMatchObject(
    limited,
  );
});

test('tickets that are none count as tries of their address', async () => {
  const limiter = createPostgresRateLimiter(pool);
  const { perAddress } = signInLimits;
  for (let attempt = 1; attempt < perAddress.points; attempt++) {
    await limiter.consume(perAddress, '192.0.2.8');
  }
  const guess = () =>
    authenticator.signInWithTicket({ ticket: 'made up', secret: 'a guess' }, from('192.0.2.8'));
  await expect(guess()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(guess()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('who guesses from many addresses of one IPv6 network is one caller', async () => {
  const { email } = agency.owner;
  const guess = (host: number) =>
    authenticator.signIn({ email, password: 'wrong' }, from(`2001:db8:0:1::${host}`));
  for (let host = 0; host < 10; host++) {
    await expect(guess(host)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  await expect(guess(10)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('an unknown user and a wrong password get the same answer, for the same work', async () => {
  const { email, password } = await addUser('ANALYST');
  // What was noted of others before.
  await authenticator.security.settled();
  const workFor = async (credentials: { email: string; password: string }, requestId: string) => {
    authenticator.statements.length = 0;
    let hashes = 0;
    const counting = createHook({
      init(_, type) {
        if (type === 'ARGON2REQUEST') hashes++;
      },
    }).enable();
    const trying = authenticator.signIn(credentials, from('192.0.2.3', requestId));
    await expect(trying).rejects.toMatchObject(wrong);
    counting.disable();
    expect(hashes).toBe(1);
    // The last one follows the answer.
    return until(
      'both',
      async () => authenticator.statements.length > 1 && [...authenticator.statements],
    );
  };
  const [unknown, known] = [randomUUID(), randomUUID()];
  const workForUnknown = await workFor({ email: 'nobody@agency.example', password }, unknown);
  expect(await workFor({ email, password: 'wrong' }, known)).toEqual(workForUnknown);
  const [failure] = await until('the trace', async () => {
    const found = await auditOf(known);
    return found.length > 0 && found;
  });
  expect(failure).toMatchObject({ action: 'SIGN_IN_FAILED', after: { wrong: 'PASSWORD' } });
  expect(await auditOf(unknown)).toEqual([]);
});

test('the users of a disabled client are out at once and for good; enabled, they sign in anew', async () => {
  const client = await addClient(agency, 'Disabled');
  const user = await addUser('CLIENT', [client.id]);
  const signIn = () => authenticator.signIn(user, from(null));
  const before = await signIn();
  const setStatus = (status: 'DISABLED' | 'ACTIVE') =>
    agency.database.withTenant(agency.tenant, (em) =>
      changeClientStatus(em, agency.actor, client.id, status),
    );
  const isOut = async () => {
    const gone = { code: 'UNAUTHENTICATED' };
    await expect(authenticator.authenticate(before.token)).rejects.toMatchObject(gone);
    await expect(authenticator.refresh(before.refreshToken, from(null))).rejects.toMatchObject(
      gone,
    );
  };
  await setStatus('DISABLED');
  await isOut();
  await expect(signIn()).rejects.toMatchObject(wrong);
  await setStatus('ACTIVE');
  await isOut();
  const { viewer } = await signIn();
  expect(viewer).toMatchObject({ role: 'CLIENT', clientIds: [client.id] });
});

test('emails are kept as ciphertext, and taken whatever their case', async () => {
  const [row] = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ email_ciphertext: string }[]>('select email_ciphertext from users limit 1'),
  );
  expect(row?.email_ciphertext).not.toContain('agency.example');
  const { organizationId } = agency.tenant;
  const again = { email: 'OWNER@AGENCY.example', password: 'a quite long password' };
  await expect(
    agency.database.withTenant(agency.tenant, (em) =>
      createUser(em, agency.cipher, { organizationId, role: 'ADMIN', clientIds: [], ...again }),
    ),
  ).rejects.toMatchObject({ code: 'CONFLICT', fields: ['email'] });
});

test('who is a member of several organizations says where to, and else comes into the first', async () => {
  const tenant = await addOrganization(agency, {
    email: 'owner@second.example',
    password: 'another long password',
  });
  const user = await addUser('ANALYST');
  const { userId } = (await authenticator.signIn(user, from(null))).viewer;
  await agency.database.withTenant(tenant, (em) =>
    em.execute(
      `insert into memberships (organization_id, user_id, role) values (app_organization(), ?, 'ADMIN')`,
      [userId],
    ),
  );
  const signInTo = (organizationId?: string) =>
    authenticator.signIn({ ...user, ...(organizationId && { organizationId }) }, from(null));
  const [first, second] = [await signInTo(), await signInTo(tenant.organizationId)];
  expect(first.viewer).toMatchObject({ ...agency.tenant, role: 'ANALYST' });
  expect(second.viewer).toMatchObject({ ...tenant, role: 'ADMIN' });
  const theirs = { email: 'owner@third.example', password: 'another long password' };
  const foreign = await addOrganization(agency, theirs);
  for (const elsewhere of [randomUUID(), foreign.organizationId]) {
    await expect(signInTo(elsewhere)).rejects.toMatchObject(wrong);
  }
  const reading = await authenticator.database.beginRead(agency.tenant);
  const listed = await findOrganizations(reading.em, userId ?? '');
  await reading.end();
  expect(listed.map(({ id }) => id)).toEqual([agency.tenant.organizationId, tenant.organizationId]);
});
