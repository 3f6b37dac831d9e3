import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { createUser } from '../../src/domain/identity/create-user.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { SealedLetter } from '../../src/domain/mail/queue-mail.ts';
import { createServiceToken } from '../../src/domain/service-token/create-service-token.ts';
import { createPostgresRateLimiter } from '../../src/infra/broker/rate-limiter.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { openSecurityLog } from '../support/security-log.ts';
import { runAs } from '../support/test-services.ts';

interface Entry {
  action: string;
  after: Record<string, unknown>;
  organization_id: string | null;
  user_id: string | null;
  entity_id: string | null;
  ip: string | null;
}

let agency: Agency;
let pool: Pool;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;

beforeAll(async () => {
  agency = await createAgency();
  pool = new Pool({ connectionString: agency.urls.serverUrl });
  authenticator = await openAuthenticator(agency);
});
afterAll(async () => {
  await authenticator.close();
  await pool.end();
  await agency.close();
});

/** An origin of its own, by whose request the entries are found. */
const from = (ip = '192.0.2.1') => ({ requestId: randomUUID(), ip, userAgent: 'jest' });

/** What was noted of a request, as nobody but the operator sees it whole. */
async function entriesOf(requestId: string): Promise<Entry[]> {
  await authenticator.security.settled();
  return runAs<Entry>(
    agency.urls.superuserUrl,
    `select action, after, organization_id, user_id, entity_id, host(ip) as ip from audit_log
     where request_id = $1 order by at, action`,
    [requestId],
  );
}

const asTenant = <Row extends object>(sql: string, values: unknown[] = []) =>
  agency.database.withTenant(agency.tenant, (em) => em.execute<Row[]>(sql, values));

async function addUser() {
  const user = { email: `${randomUUID()}@agency.example`, password: 'a quite long password' };
  const { organizationId } = agency.tenant;
  const { id } = await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, role: 'ANALYST', clientIds: [], ...user }),
  );
  const viewer: Viewer = { ...agency.tenant, userId: id, email: user.email, role: 'ANALYST' };
  return { ...user, id, viewer };
}

/** What owners were mailed about an account. */
async function alerts(account: string | null) {
  const mails = await asTenant<{ letter_ciphertext: string }>(
    `select letter_ciphertext from mails where kind = 'SECURITY_ALERT' order by created_at`,
  );
  return mails
    .map((each) => JSON.parse(agency.cipher.decrypt(each.letter_ciphertext)) as SealedLetter)
    .filter(({ letter }) => 'account' in letter && letter.account === account)
    .map(({ to, letter }) => ({ to, ...letter }));
}

test('a failure with an unknown email is noted where the operator alone sees it, without the email', async () => {
  const origin = from();
  const trying = authenticator.signIn({ email: 'nobody@nowhere.example', password: 'x' }, origin);
  await expect(trying).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await entriesOf(origin.requestId)).toEqual([
    {
      ...{ action: 'SIGN_IN_FAILED', after: { wrong: 'PASSWORD' }, ip: '192.0.2.1' },
      ...{ organization_id: null, user_id: null, entity_id: null },
    },
  ]);
  expect(await asTenant('select from audit_log where request_id = ?', [origin.requestId])).toEqual(
    [],
  );
});

test('so are tickets and refresh tokens that are none', async () => {
  const [ticket, token] = [from(), from()];
  await expect(
    authenticator.signInWithTicket({ ticket: 'made-up', secret: 'x' }, ticket),
  ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(authenticator.refresh('mg_ref_made-up', token)).rejects.toBeDefined();
  const noted = [...(await entriesOf(ticket.requestId)), ...(await entriesOf(token.requestId))];
  expect(noted.map(({ after, organization_id }) => [after.wrong, organization_id])).toEqual([
    ['TICKET', null],
    ['REFRESH_TOKEN', null],
  ]);
});

test('a flood of strangers is noted a hundred times a minute, and no oftener', async () => {
  for (let each = 0; each < 6; each++) {
    await Promise.all(
      Array.from({ length: 25 }, () =>
        pool.query(
          `select record_deployment_event('LOCKED_OUT', 'User', '{}', null, null, 'flood')`,
        ),
      ),
    );
  }
  const noted = (await entriesOf('flood')).length;
  expect(noted).toBeGreaterThanOrEqual(100);
  // Those at one instant do not see each other.
  expect(noted).toBeLessThan(150);
});

test('more than five failures of one account are told to the owners, once a day', async () => {
  const { email, password, id } = await addUser();
  const fail = async () => {
    const origin = from();
    await expect(authenticator.signIn({ email, password: 'wrong' }, origin)).rejects.toBeDefined();
    return (await entriesOf(origin.requestId)).map(({ action }) => action);
  };
  for (let time = 0; time < 5; time++) expect(await fail()).toEqual(['SIGN_IN_FAILED']);
  expect(await alerts(email)).toEqual([]);
  expect(await fail()).toEqual(['SIGN_IN_FAILED', 'SIGN_IN_FAILED_REPEATEDLY']);
  expect(await fail()).toEqual(['SIGN_IN_FAILED']);
  const { organizationId } = agency.tenant;
  // Another server that notes the same does not mail again.
  await authenticator.security.note({
    ...{ event: 'SIGN_IN_FAILED_REPEATEDLY', organizationId, userId: null, serviceTokenId: null },
    ...{ entityType: 'User', entityId: id, aboutUserId: id, after: {}, origin: from() },
  });
  expect(await alerts(email)).toEqual([
    expect.objectContaining({
      to: 'owner@agency.example',
      event: 'SIGN_IN_FAILED_REPEATEDLY',
      ip: '192.0.2.1',
    }),
  ]);
  expect(authenticator.security.counted.get('SIGN_IN_FAILED_REPEATEDLY')).toBe(3);
  const jobs = await asTenant(`select from job_runs where name = 'send-mail'`);
  expect(jobs).toHaveLength(1);
  await authenticator.signIn({ email, password }, from());
});

test('tries that are refused by their number alone are noted once, and then counted', async () => {
  const limited = await openAuthenticator(agency, { rateLimiter: createPostgresRateLimiter(pool) });
  const { email } = await addUser();
  const origin = from('192.0.2.77');
  for (let time = 0; time < 15; time++) {
    await expect(limited.signIn({ email, password: 'wrong' }, origin)).rejects.toBeDefined();
  }
  await limited.security.settled();
  const lockedOut = async () =>
    (await entriesOf(origin.requestId)).filter(({ action }) => action === 'LOCKED_OUT');
  expect((await lockedOut()).map(({ after }) => after)).toEqual([{ wrong: 'PASSWORD' }]);
  expect(limited.security.counted.get('LOCKED_OUT')).toBe(5);
  await limited.close();
  expect((await lockedOut()).map(({ after }) => after.times)).toEqual([undefined, 4]);
});

test('a refresh token that comes again is noted with its session, counted, and told to the owners', async () => {
  const { email, password, id } = await addUser();
  const first = await authenticator.signIn({ email, password }, from());
  const second = await authenticator.refresh(first.refreshToken, from());
  await authenticator.refresh(second.refreshToken, from());
  const origin = from('198.51.100.9');
  await expect(authenticator.refresh(first.refreshToken, origin)).rejects.toBeDefined();
  expect(await entriesOf(origin.requestId)).toEqual([
    expect.objectContaining({
      action: 'REFRESH_REUSED',
      after: { userId: id },
      ip: '198.51.100.9',
    }),
  ]);
  expect(authenticator.security.counted.get('REFRESH_REUSED')).toBe(1);
  expect(await alerts(email)).toEqual([expect.objectContaining({ event: 'REFRESH_REUSED' })]);
});

test('what one asks all the time is an entry, and another that says how often; beside it there is an end', async () => {
  const { viewer } = await addUser();
  const log = openSecurityLog(agency, authenticator.database);
  const origin = from();
  const refuse = (field: string) =>
    log.noteOften({
      ...{
        event: 'PERMISSION_REFUSED',
        organizationId: viewer.organizationId,
        userId: viewer.userId,
      },
      ...{
        serviceTokenId: null,
        entityType: 'Operation',
        entityId: null,
        after: { field },
        origin,
      },
    });
  for (let time = 0; time < 1000; time++) refuse('createClient');
  for (let field = 0; field < 1000; field++) refuse(`field${field}`);
  await log.settled();
  const before = await entriesOf(origin.requestId);
  expect(before).toHaveLength(21);
  expect(before.filter(({ after }) => after.field === 'createClient')).toHaveLength(1);
  log.close();
  await log.settled();
  const repeated = (await entriesOf(origin.requestId)).filter(({ after }) => after.times);
  expect(repeated.map(({ after }) => after)).toEqual(
    expect.arrayContaining([
      { field: 'createClient', times: 999 },
      { others: true, times: 980 },
    ]),
  );
  expect(repeated).toHaveLength(2);
  expect(log.counted.get('PERMISSION_REFUSED')).toBe(2000);
});

test('more downloads, or larger ones, than are usual within an hour are told to the owners', async () => {
  const [often, much] = [await addUser(), await addUser()];
  const log = openSecurityLog(agency, authenticator.database, {
    rateLimiter: createPostgresRateLimiter(pool),
    unusualDownloads: [3, 1],
  });
  const take = async (viewer: Viewer, bytes: number) => {
    const origin = from();
    log.noteDownload(viewer, origin, {
      entityType: 'MetricRows',
      entityId: null,
      asked: { file: origin.requestId },
      bytes,
    });
    await log.settled();
    return (await entriesOf(origin.requestId)).map(({ action }) => action).toSorted();
  };
  for (let time = 0; time < 3; time++) expect(await take(often.viewer, 10)).toEqual(['DOWNLOAD']);
  expect(await take(often.viewer, 10)).toEqual(['DOWNLOAD', 'DOWNLOADS_UNUSUAL']);
  expect(await take(much.viewer, 900_000)).toEqual(['DOWNLOAD']);
  expect(await take(much.viewer, 200_000)).toEqual(['DOWNLOAD', 'DOWNLOADS_UNUSUAL']);
  for (const { email } of [often, much]) {
    expect(await alerts(email)).toEqual([expect.objectContaining({ event: 'DOWNLOADS_UNUSUAL' })]);
  }
  // A machine has no email.
  const { serviceToken } = await agency.database.withTenant(agency.tenant, (em) =>
    createServiceToken(em, agency.actor, {
      name: 'BI',
      scopes: ['READ'],
      allowsQueryString: false,
    }),
  );
  await take({ ...much.viewer, userId: null, serviceToken } as Viewer, 2_000_000);
  expect(await alerts(null)).toHaveLength(1);
  log.close();
});
