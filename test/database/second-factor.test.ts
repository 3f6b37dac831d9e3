import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { Pool } from 'pg';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import type { Role } from '../../src/domain/identity/membership.entity.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { createPostgresRateLimiter } from '../../src/infra/broker/rate-limiter.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let pool: Pool;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;

beforeAll(async () => {
  agency = await createAgency();
  pool = new Pool({ connectionString: agency.urls.serverUrl });
  const rateLimiter = createPostgresRateLimiter(pool);
  graph = await createGraph(agency, rateLimiter);
  authenticator = await openAuthenticator(agency, { rateLimiter });
});
afterAll(async () => {
  await authenticator.close();
  await pool.end();
  await graph.close();
  await agency.close();
});

const password = 'a quite long password';
const origin = { requestId: 'test', ip: null, userAgent: 'jest' };
const wrong = {
  code: 'UNAUTHENTICATED',
  message: 'The code is wrong, or was used before.',
  fields: ['code'],
};

async function addUser(role: Role = 'ANALYST') {
  const user = { email: `${randomUUID()}@agency.example`, password };
  const { organizationId } = agency.tenant;
  await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, role, clientIds: [], ...user }),
  );
  const signIn = (code?: string) =>
    authenticator.signIn({ ...user, ...(code && { code }) }, origin);
  return { signIn, viewer: (await signIn()).viewer };
}

/** What an authenticator app shows, so many codes from now. */
function appOf(secret: string) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return (stepsFromNow = 0) => totp.generate({ timestamp: Date.now() + stepsFromNow * 30_000 });
}

async function asked(viewer: Viewer, text: string, variables: object = {}) {
  const { data, error } = await ask(graph, viewer, text, variables);
  if (error) throw error;
  return data;
}

const enrol = async (viewer: Viewer, given = password) => {
  const { enrolSecondFactor } = await asked(
    viewer,
    'mutation ($input: EnrolSecondFactorInput!) { enrolSecondFactor(input: $input) { secret address } }',
    { input: { password: given } },
  );
  return enrolSecondFactor as { secret: string; address: string };
};
const confirm = async (viewer: Viewer, code: string): Promise<string[]> => {
  const text =
    'mutation ($input: SecondFactorCodeInput!) { confirmSecondFactor(input: $input) { recoveryCodes } }';
  return (await asked(viewer, text, { input: { code } })).confirmSecondFactor.recoveryCodes;
};
const disable = async (viewer: Viewer, code: string): Promise<boolean> => {
  const text =
    'mutation ($input: SecondFactorCodeInput!) { disableSecondFactor(input: $input) { wasEnabled } }';
  return (await asked(viewer, text, { input: { code } })).disableSecondFactor.wasEnabled;
};

/** A user whose app is set up; its code of now was the one that confirmed it. */
async function addEnrolled(role: Role = 'ANALYST') {
  const user = await addUser(role);
  const { secret } = await enrol(user.viewer);
  const app = appOf(secret);
  // In two halves, as apps show it.
  const recoveryCodes = await confirm(user.viewer, app().replace(/^.{3}/, '$& '));
  return { ...user, secret, app, recoveryCodes };
}

test('once an app is confirmed, signing in takes a code of it, each once', async () => {
  const { viewer, signIn } = await addUser();
  await expect(enrol(viewer, 'a guess')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['password'],
  });
  const { secret, address } = await enrol(viewer);
  expect(address).toContain(secret);
  const app = appOf(secret);
  await signIn();
  await expect(confirm(viewer, '000000')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['code'],
  });
  // Both are taken for half a minute and more.
  const [now, next] = [app(), app(1)];
  expect(await confirm(viewer, now)).toHaveLength(10);

  await expect(signIn()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'Give the code of your authenticator app, or a recovery code.',
    fields: ['code'],
  });
  // The code that confirmed it, and then the one that signed in, are replayed.
  await expect(signIn(now)).rejects.toMatchObject(wrong);
  const both = await Promise.allSettled([signIn(next), signIn(next)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(signIn(next)).rejects.toMatchObject(wrong);
});

test('a code is asked for only of who knows the password', async () => {
  const { email } = (await addEnrolled()).viewer;
  const guess = authenticator.signIn({ email: email ?? '', password: 'wrong' }, origin);
  await expect(guess).rejects.toMatchObject({
    message: 'The email or the password is wrong.',
    fields: [],
  });
});

test('a recovery code stands in for the app, however it is typed, once', async () => {
  const { signIn, recoveryCodes } = await addEnrolled();
  const [first = '', second = ''] = recoveryCodes;
  expect(first).toMatch(/^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/);
  await expect(signIn(first)).resolves.toBeDefined();
  await expect(signIn(first)).rejects.toMatchObject(wrong);
  await expect(signIn(second.toLowerCase().replaceAll('-', ' '))).resolves.toBeDefined();
});

test('after five wrong codes none is taken for a while, from anywhere, and the right one counts not at all', async () => {
  const { signIn, viewer, app, recoveryCodes } = await addEnrolled();
  for (const code of recoveryCodes.slice(0, 6)) await signIn(code);
  for (let guess = 0; guess < 5; guess++) {
    await expect(signIn('000000')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  await expect(signIn(app(1))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const traces = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`select after from audit_log where action = 'SIGN_IN_FAILED' and entity_id = ?`, [
      viewer.userId,
    ]),
  );
  expect(traces).toContainEqual({ after: { wrong: 'CODE' } });
});

test('while an app is set up, its password and its code are guessed no oftener', async () => {
  const limited = { code: 'RATE_LIMITED' };
  const { viewer } = await addUser();
  const { secret } = await enrol(viewer);
  for (let guess = 0; guess < 5; guess++) {
    await expect(confirm(viewer, '000000')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  await expect(confirm(viewer, appOf(secret)())).rejects.toMatchObject(limited);
  const { viewer: other } = await addUser();
  for (let guess = 0; guess < 5; guess++) {
    await expect(enrol(other, 'a guess')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
  await expect(enrol(other)).rejects.toMatchObject(limited);
});

test('a second factor is replaced by nobody before it is disabled, which takes a code', async () => {
  const { signIn, viewer, app, recoveryCodes } = await addEnrolled();
  await expect(enrol(viewer)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(confirm(viewer, app(1))).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(disable(viewer, 'ABCD-EFGH-JKLM-NPQR')).rejects.toMatchObject({
    ...wrong,
    code: 'BAD_USER_INPUT',
  });
  expect(await disable(viewer, recoveryCodes[3] ?? '')).toBe(true);
  await expect(signIn()).resolves.toBeDefined();
  expect(await disable(viewer, '000000')).toBe(false);
});

test('an admin takes the second factor of who lost it away, but not of an admin, nor their own', async () => {
  const [analyst, admin] = [await addEnrolled(), await addEnrolled('ADMIN')];
  const reset = async (viewer: Viewer, of: { viewer: Viewer }) => {
    const [row] = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute<{ id: string }[]>('select id from memberships where user_id = ?', [
        of.viewer.userId,
      ]),
    );
    const id = toGlobalId('Membership', row?.id ?? '');
    return asked(
      viewer,
      'mutation ($id: ID!) { resetSecondFactor(id: $id) { membership { email } } }',
      { id },
    );
  };
  const another = await addEnrolled('ADMIN');
  await expect(reset(admin.viewer, another)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(reset(admin.viewer, admin)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await expect(reset(analyst.viewer, analyst)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  // Of two organizations, one does not lay bare what the other may require.
  const elsewhere = await addOrganization(agency, {
    email: 'owner@other.example',
    password: 'another long password',
  });
  const inBoth = await addEnrolled();
  await agency.database.withTenant(elsewhere, (em) =>
    em.execute(
      `insert into memberships (organization_id, user_id, role) values (app_organization(), ?, 'ADMIN')`,
      [inBoth.viewer.userId],
    ),
  );
  await expect(reset(admin.viewer, inBoth)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const { resetSecondFactor } = await reset(admin.viewer, analyst);
  expect(resetSecondFactor.membership.email).toBe(analyst.viewer.email);
  await expect(analyst.signIn()).resolves.toBeDefined();
});

test('neither the secret nor a recovery code is stored as it is', async () => {
  const { secret, recoveryCodes } = await addEnrolled();
  const [stored] = await runAs<{ all: string }>(
    agency.urls.superuserUrl,
    `select string_agg(f::text, '') as all from second_factors f`,
  );
  for (const shown of [
    secret,
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
  ]) {
    expect(stored?.all).not.toContain(shown);
  }
});

test('where the organization requires it, who has none can do nothing but set one up', async () => {
  const require =
    'mutation ($is: Boolean!) { requireSecondFactor(isRequired: $is) { organization { requiresSecondFactor } } }';
  const owner = await addEnrolled('OWNER');
  const { signIn, viewer: before } = await addUser();
  await expect(asked(before, require, { is: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const without = (await addUser('OWNER')).viewer;
  await expect(asked(without, require, { is: true })).rejects.toMatchObject({ code: 'CONFLICT' });
  const { requireSecondFactor } = await asked(owner.viewer, require, { is: true });
  expect(requireSecondFactor.organization).toEqual({ requiresSecondFactor: true });

  const { token } = await signIn();
  const viewer = await authenticator.authenticate(token);
  const wanted = {
    code: 'FORBIDDEN',
    message: 'Your organization wants a second factor: enrol one first.',
  };
  for (const text of [
    '{ clients { edges { cursor } } }',
    '{ viewer { organization { name } } }',
    '{ sessions { edges { cursor } } }',
  ]) {
    await expect(asked(viewer, text)).rejects.toMatchObject(wanted);
  }
  // Who has but an administrator's password throws nobody out.
  const admin = await (await addUser('ADMIN')).signIn();
  const { id } = owner.viewer.session ?? {};
  const revoked = asked(
    await authenticator.authenticate(admin.token),
    `mutation { revokeSession(id: "${toGlobalId('Session', String(id))}") { session { endedAt } } }`,
  );
  await expect(revoked).rejects.toMatchObject({ code: 'NOT_FOUND' });

  // Where who reads is found out by what they read with, they are known, and what they read is refused.
  const opened = await authenticator.openReading(token);
  expect(await opened?.viewer).toMatchObject({ session: { mustEnrol: true } });
  await expect(opened?.reading.em.execute('select 1')).rejects.toMatchObject(wanted);
  await opened?.reading.end();
  const { viewer: self } = await asked(viewer, '{ viewer { mustEnrol operations } }');
  expect(self).toEqual({
    mustEnrol: true,
    operations: [
      ...['acceptInvitation', 'confirmSecondFactor', 'disableSecondFactor', 'enrolSecondFactor'],
      ...['invitationOffer', 'refresh', 'requestPasswordReset', 'resetPassword'],
      ...['revokeAllSessions', 'revokeSession', 'signIn', 'signInWithTicket', 'signOut', 'viewer'],
    ],
  });
  const { secret } = await enrol(viewer);
  await confirm(viewer, appOf(secret)());
  const enrolled = await authenticator.authenticate(token);
  const { viewer: free } = await asked(
    enrolled,
    '{ viewer { mustEnrol organization { name } operations } }',
  );
  expect(free.mustEnrol).toBe(false);
  expect(free.operations).toContain('clients');
  expect(free.operations).not.toContain('createClient');
  await asked(owner.viewer, require, { is: false });
});
