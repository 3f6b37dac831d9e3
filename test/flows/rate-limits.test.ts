import { once } from 'node:events';
import { ClientsDocument } from '../../client/operations.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { openBareSocket, ownerToken } from '../support/open-socket.ts';
import { queueBackends } from '../support/redis.ts';
import { postJson, type Sent } from '../support/send.ts';

const limited = (answer: Sent) => {
  expect(answer).toMatchObject({
    status: 429,
    error: { extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } },
  });
  expect(answer.data ?? null).toBeNull();
  expect(answer.headers['retry-after']).toBe(String(answer.error?.extensions?.retryAfter));
};

describe.each(queueBackends)('two servers on %s', (queueOn) => {
  let installation: Installation;
  let urls: [string, string];
  let token: string;

  beforeAll(async () => {
    installation = await startInstallation(queueOn, {
      RATE_SIGNED_OUT: '60,10',
      RATE_SIGNED_IN: '5000,1000000',
      GOOGLE_CLIENT_ID: 'client',
      GOOGLE_CLIENT_SECRET: 'secret',
    });
    const other = await installation.startServer();
    urls = [installation.url, other.url];
    token = await ownerToken(installation);
  });
  afterAll(() => installation.close());
  const anyOf = (request: number) => urls[request % 2] ?? '';

  test('an address that is not signed in asks 10 times at once, of both together', async () => {
    let answered = 0;
    for (; answered < 40; answered++) {
      const answer = await postJson(anyOf(answered), { query: '{ __typename }' });
      if (answer.status !== 200) break;
    }
    // Signing in took three; where ten seconds end meanwhile, ten more come back.
    expect(answered).toBeGreaterThanOrEqual(7);
    expect(answered).toBeLessThanOrEqual(17);
  });

  test('tokens that are none, and documents that cannot be read, count no less', async () => {
    const spent = async (ask: (url: string) => Promise<Sent>) => {
      for (let request = 0; request < 30; request++) {
        const answer = await ask(anyOf(request));
        if (answer.status === 429) return limited(answer);
      }
      throw new Error('nothing was refused');
    };
    await spent((url) => postJson(url, { query: '{' }));
    await spent((url) => postJson(url, { query: '{ viewer { email } }' }, 'x.y.z'));
    await spent((url) => postJson(url, [{ query: '{ __typename }' }]));
    const socket = await openBareSocket(installation);
    socket.send(JSON.stringify({ type: 'connection_init' }));
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([1013, expect.stringMatching(/^Too many requests/)]);
    for (const path of ['/bi/v1/schema', '/auth/google']) {
      const { status, headers } = await fetch(`${anyOf(1)}${path}`);
      expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    }
  });

  test('whoever is signed in is no part of that, and pays by what is asked', async () => {
    await expect(installation.api.request(ClientsDocument, {})).resolves.toBeDefined();
    const query = '{ clients(first: 1000) { edges { cursor } } }';
    const answers: Sent[] = [];
    for (let request = 0; request < 6; request++) {
      answers.push(await postJson(anyOf(request), { query }, token));
    }
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    limited(answers[5] as Sent);
    const door = await fetch(`${anyOf(0)}/bi/v1/schema`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(door.status).toBe(429);
  });

  test('a query that fails is worked out twice, and paid twice', async () => {
    const { agency, url } = installation;
    const { organizationId } = agency.tenant;
    const user = { email: 'analyst@agency.example', password: 'seven wooden ducklings' };
    await agency.database.withTenant(agency.tenant, (em) =>
      createUser(em, agency.cipher, { organizationId, role: 'ANALYST', clientIds: [], ...user }),
    );
    // Over HTTP, an address that has asked too often signs nobody in.
    const authenticator = await openAuthenticator(agency);
    const analyst = await authenticator.signIn(user, agency.actor.origin);
    const query =
      '{ clients(first: 1000) { edges { cursor } } sessions(everybody: true, first: 1) { edges { cursor } } }';
    const codes: unknown[] = [];
    for (let request = 0; request < 4; request++) {
      const { error } = await postJson(url, { query }, analyst.token);
      codes.push(error?.extensions?.code);
    }
    // Paid once, the fourth would pass, too.
    expect(codes[0]).toBe('FORBIDDEN');
    expect(codes[3]).toBe('RATE_LIMITED');
    await authenticator.close();
  });
});
