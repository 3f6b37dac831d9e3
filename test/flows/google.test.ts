import { createHash, randomUUID } from 'node:crypto';
import { parse } from 'graphql';
import { type ApiError, createApi } from '../../client/api.ts';
import { ViewerDocument } from '../../client/operations.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { startOpenIdProvider } from '../support/openid-provider.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

const client = { id: 'our-client', secret: 'our-client-secret' };
const appUrl = 'https://app.example';
const secret = 'only the application knows this';
const challenge = createHash('sha256').update(secret).digest('base64url');
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;
let installation: Installation;

beforeAll(async () => {
  provider = await startOpenIdProvider(client);
  installation = await startInstallation('PostgreSQL', {
    GOOGLE_ISSUER: provider.issuer,
    GOOGLE_CLIENT_ID: client.id,
    GOOGLE_CLIENT_SECRET: client.secret,
    APP_URL: appUrl,
    JWT_KEYS: `k2:${'a'.repeat(32)}`,
    LOG_LEVEL: 'silent',
  });
});
afterAll(async () => {
  await installation.close();
  provider.stop();
});

async function addUser() {
  const user = { email: `${randomUUID()}@agency.example`, password: 'a quite long password' };
  const { tenant, database, cipher } = installation.agency;
  const place = { organizationId: tenant.organizationId, role: 'ANALYST', clientIds: [] } as const;
  await database.withTenant(tenant, (em) =>
    createUser(em, cipher, { ...place, ...user, clientIds: [] }),
  );
  return user.email;
}

/** Where a browser is sent to, and the cookie that it keeps. */
async function visit(address: string, cookie = '') {
  const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
  const [set = ''] = response.headers.getSetCookie();
  return { location: response.headers.get('location') ?? '', set, kept: set.split(';')[0] ?? '' };
}

const begin = () => visit(`${installation.url}/auth/google?challenge=${challenge}`);

/** The whole way of a browser. @returns what the application finds in its address. */
async function wayThrough(change: (callback: URL) => void = () => undefined) {
  const begun = await begin();
  const callback = new URL((await visit(begun.location)).location);
  change(callback);
  const { location } = await visit(callback.href, begun.kept);
  expect(location.startsWith(`${appUrl}/signed-in#`)).toBe(true);
  return Object.fromEntries(new URLSearchParams(new URL(location).hash.slice(1)));
}

async function trade(ticket: string | undefined, held = secret): Promise<string> {
  const text =
    'mutation ($input: SignInWithTicketInput!) { signInWithTicket(input: $input) { token } }';
  const input = { ticket: ticket ?? '', secret: held };
  const answer = await createApi(installation.url).request(
    parse(text) as never,
    { input } as never,
  );
  return (answer as { signInWithTicket: { token: string } }).signInWithTicket.token;
}

const codeOf = (trading: Promise<string>) => trading.catch((error: ApiError) => error.code);

test('who has an account by an email that the provider vouches for signs in, now and under another email', async () => {
  const email = await addUser();
  const sub = randomUUID();
  provider.user = { sub, email: email.toUpperCase() };
  const { ticket } = await wayThrough();
  const token = await trade(ticket);
  const [header = ''] = token.split('.');
  expect(JSON.parse(String(Buffer.from(header, 'base64url')))).toEqual({ alg: 'HS256', kid: 'k2' });
  const { viewer } = await createApi(installation.url, token).request(ViewerDocument, {});
  expect(viewer).toMatchObject({ email, role: 'ANALYST' });
  // The provider's own id of them counts from now on.
  provider.user = { sub, email: 'renamed@else.example', email_verified: false };
  const again = await trade((await wayThrough()).ticket);
  expect((await createApi(installation.url, again).request(ViewerDocument, {})).viewer.email).toBe(
    email,
  );
  // The next owner of the address is not the one whom it was bound to.
  provider.user = { sub: randomUUID(), email };
  expect(await wayThrough()).toEqual({ error: 'UNAUTHENTICATED' });
});

test('nobody gets in by an email that is unknown, or that the provider has not verified', async () => {
  const email = await addUser();
  for (const user of [{ email: 'nobody@else.example' }, { email, email_verified: false }]) {
    provider.user = { sub: randomUUID(), ...user };
    expect(await wayThrough()).toEqual({ error: 'UNAUTHENTICATED' });
  }
  const { superuserUrl } = installation.agency.urls;
  await until('the entries', async () => {
    const noted = await runAs(
      superuserUrl,
      `select from audit_log
       where organization_id is null and action = 'SIGN_IN_FAILED' and after ->> 'wrong' = 'IDENTITY'`,
    );
    return noted.length >= 2;
  });
});

test.each([
  ['an id token of another nonce', { wrong: { nonce: 'another' } }],
  ['an id token for another client', { wrong: { aud: 'another-client' } }],
  ['an id token of another issuer', { wrong: { iss: 'https://evil.example' } }],
  ['an id token with a forged signature', { isForged: true }],
])('%s is refused', async (_, wrong) => {
  provider.user = { sub: randomUUID(), email: await addUser(), ...wrong };
  expect(await wayThrough()).toEqual({ error: 'UNAUTHENTICATED' });
});

test('the way back fits the way there: its state, its code, its browser', async () => {
  provider.user = { sub: randomUUID(), email: await addUser() };
  const refused = { error: 'UNAUTHENTICATED' };
  const withWrong = (name: string, value: string) => (callback: URL) =>
    callback.searchParams.set(name, value);
  expect(await wayThrough(withWrong('state', 'another'))).toEqual(refused);
  expect(await wayThrough(withWrong('code', 'another'))).toEqual(refused);
  expect(await wayThrough((callback) => callback.searchParams.delete('state'))).toEqual(refused);

  const [victim, thief] = [await begin(), await begin()];
  const callback = (await visit(thief.location)).location;
  for (const cookie of ['', victim.kept, `${victim.kept}x`, 'mediagraph_openid=%']) {
    const { location } = await visit(callback, cookie);
    expect(location).toBe(`${appUrl}/signed-in#error=UNAUTHENTICATED`);
  }
  expect(victim.set).toMatch(/; Path=\/auth\/google; .*HttpOnly; SameSite=Lax$/);
});

test('a ticket is traded once, however many trade it at the same time', async () => {
  provider.user = { sub: randomUUID(), email: await addUser() };
  const { ticket } = await wayThrough();
  const both = await Promise.all([codeOf(trade(ticket)), codeOf(trade(ticket))]);
  expect(both.filter((each) => each === 'UNAUTHENTICATED')).toHaveLength(1);
  expect(await codeOf(trade(ticket))).toBe('UNAUTHENTICATED');
});

test('a ticket is nothing without the secret that it was asked for with, nor in any other place', async () => {
  provider.user = { sub: randomUUID(), email: await addUser() };
  const { ticket } = await wayThrough();
  const { kept } = await begin();
  expect(await codeOf(trade(ticket, 'a guess'))).toBe('UNAUTHENTICATED');
  const altered = ticket?.replace(/.(?=.{8}$)/, (was) => (was === 'A' ? 'B' : 'A'));
  expect(await codeOf(trade(altered))).toBe('UNAUTHENTICATED');
  expect(await codeOf(trade(kept.split('=')[1]))).toBe('UNAUTHENTICATED');
  const [answer] = await Promise.allSettled([
    createApi(installation.url, ticket).request(ViewerDocument, {}),
  ]);
  expect(answer).toMatchObject({ reason: { code: 'UNAUTHENTICATED' } });
  for (const wrong of ['', '?challenge=x', `?challenge=${challenge}&challenge=${challenge}`]) {
    expect((await fetch(`${installation.url}/auth/google${wrong}`)).status).toBe(400);
  }
});
