import { connectBroker } from '../../src/infra/broker/connect-broker.ts';
import { spendInSlices } from '../../src/infra/broker/spend-in-slices.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { queueBackends } from '../support/redis.ts';
import { runAs } from '../support/test-services.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const limit = { name: 'trial', points: 1000, seconds: 60 };

describe.each(queueBackends)('points of a limit that is kept on %s', (queueOn) => {
  let agency: Agency;
  beforeAll(async () => {
    agency = await createAgency(queueOn);
  });
  afterAll(() => agency.close());

  /** A server's spending, and how often it asked the store. */
  async function connect() {
    const { rateLimiter, close } = await connectBroker({
      databaseUrl: agency.urls.serverUrl,
      redisUrl: agency.redis?.url,
      isProduction: true,
      log,
    });
    const asked = { count: 0 };
    const spend = spendInSlices({
      takeAhead(...question) {
        asked.count++;
        return rateLimiter.takeAhead(...question);
      },
    });
    return { spend, asked, close };
  }

  test('are never spent twice, and are mostly spent without asking', async () => {
    const servers = [await connect(), await connect(), await connect()];
    let spent = 0;
    const spendOn = async ({ spend }: (typeof servers)[number]) => {
      for (;;) {
        await spend(limit, 'somebody', 1);
        spent++;
      }
    };
    const refusals = await Promise.allSettled(servers.map(spendOn));
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        reason: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) },
      });
    }
    // A slice is 20; three servers have no use for what the others hold.
    expect(spent).toBeLessThanOrEqual(1000);
    expect(spent).toBeGreaterThanOrEqual(1000 - 3 * 20);
    const asked = servers.reduce((sum, server) => sum + server.asked.count, 0);
    expect(asked).toBeLessThanOrEqual(60);
    // One that was refused is refused again without asking.
    await expect(servers[0]?.spend(limit, 'somebody', 1)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(servers.reduce((sum, server) => sum + server.asked.count, 0)).toBe(asked);
    await expect(servers[0]?.spend(limit, 'another', 1)).resolves.toBeUndefined();
    for (const server of servers) await server.close();
  });

  test('more than a slice is taken at once; more than the limit is never there', async () => {
    const { spend, asked, close } = await connect();
    await spend(limit, 'large', 900);
    expect(asked.count).toBe(2);
    await expect(spend(limit, 'large', 900)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(spend(limit, 'larger', 1001)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await close();
  });

  test('nothing is refused while the store is away, of what was used up there either', async () => {
    const [before, other] = [await connect(), await connect()];
    await before.spend(limit, 'used up', 1000);
    await expect(other.spend(limit, 'used up', 500)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    const { spend, asked, close } = await connect();
    if (agency.redis) await agency.redis.halt();
    else await runAs(agency.urls.ownerUrl, 'alter table operations.rate_limits rename to away');
    await spend(limit, 'used up', 500);
    expect(asked.count).toBeGreaterThan(0);
    for (const server of [before, other]) await server.close();
    await close();
  });
});

test('a store that fails is not asked again at once', async () => {
  let asked = 0;
  const spend = spendInSlices({
    takeAhead() {
      asked++;
      return Promise.reject(new Error('away'));
    },
  });
  for (let each = 0; each < 5000; each++) await spend(limit, 'somebody', 1);
  expect(asked).toBe(1);
});
