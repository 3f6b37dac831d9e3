import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Pacer } from '../../src/domain/pacer.ts';
import { connectBroker } from '../../src/infra/broker/connect-broker.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { hasRedis, queueBackends, startRedis, startSentinel } from '../support/redis.ts';

const warnings: string[] = [];
const aRun = randomUUID();
const log = {
  debug() {},
  info() {},
  warn: (_: object, message: string) => void warnings.push(message),
  error() {},
};

describe.each(queueBackends)('the broker on %s', (queueOn) => {
  let agency: Agency;
  const connect = (databaseUrl = agency.urls.serverUrl) =>
    connectBroker({
      databaseUrl,
      redisUrl: agency.redis?.url,
      isProduction: true,
      log,
    });
  beforeAll(async () => {
    agency = await createAgency(queueOn);
  });
  afterAll(() => agency.close());

  test('a limit counts over all servers, says when to try again, and can be given back', async () => {
    const [one, other] = [await connect(), await connect()];
    const limit = { name: 'trial', points: 2, seconds: 60 };
    await one.rateLimiter.consume(limit, 'somebody');
    await other.rateLimiter.consume(limit, 'somebody');
    await expect(one.rateLimiter.consume(limit, 'somebody')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/^Too many tries; try again in \d\d s\.$/),
    });
    await expect(one.rateLimiter.consume(limit, 'another')).resolves.toBeUndefined();
    await other.rateLimiter.giveBack(limit, 'somebody');
    await other.rateLimiter.giveBack(limit, 'somebody');
    await expect(one.rateLimiter.consume(limit, 'somebody')).resolves.toBeUndefined();
    await one.close();
    await other.close();
  });

  test('turns are given to all processes, at their pace and none while they are held off', async () => {
    const brokers = await Promise.all([0, 1].map(() => connect(agency.urls.workerUrl)));
    const [one, other] = brokers.map(({ pacer }) => pacer) as [Pacer, Pacer];
    const pace = { perMinute: 60, burst: 3 };
    const asked = await Promise.all(
      [0, 1, 2, 3, 4].map((each) => (each % 2 ? one : other).take('key', pace)),
    );
    expect(asked.filter((waitMs) => waitMs === 0)).toHaveLength(3);
    const ahead = await Promise.all([
      one.take('key', pace, 60_000),
      other.take('key', pace, 60_000),
    ]);
    const [first = 0, second = 0] = ahead.toSorted((a, b) => a - b);
    expect(first).toBeGreaterThan(0);
    expect(second - first).toBeGreaterThan(900);
    expect(await one.take('key', pace, 100)).toBeGreaterThan(100);
    expect(await one.take('another', pace)).toBe(0);
    await one.holdOff('another', 30_000);
    const waitMs = await other.take('another', pace);
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
    await other.holdOff('new', 30_000);
    expect(await one.take('new', pace)).toBeGreaterThan(20_000);
    for (const broker of brokers) await broker.close();
  });

  test('a queue that answers can be told', async () => {
    const broker = await connect();
    await expect(broker.queue.ping('trials')).resolves.toBeUndefined();
    await broker.close();
  });

  test('a notice reaches the listeners of every process', async () => {
    const [one, other] = [await connect(), await connect()];
    const notices: object[] = [];
    const heard = Promise.withResolvers<void>();
    other.announcer.listen((notice) => {
      notices.push(notice);
      heard.resolve();
    });
    const notice = { jobRunId: 'c0ffee', sequence: 7, isWish: true };
    // Until the listening connection stands, notices may be lost.
    const repeat = setInterval(() => void one.announcer.announce(notice), 20);
    await heard.promise;
    clearInterval(repeat);
    expect(notices[0]).toEqual(notice);
    await one.close();
    await other.close();
  });
});

const onRedis = hasRedis ? describe : describe.skip;
onRedis('other forms of Redis', () => {
  /** Whether a delivery passes through. */
  const deliver = async (redisUrl: string): Promise<string> => {
    const unused = 'postgresql://unused';
    const broker = await connectBroker({ databaseUrl: unused, redisUrl, isProduction: true, log });
    const taken = Promise.withResolvers<string>();
    const worker = broker.queue.work('trials', 1, async (id) => taken.resolve(id));
    const delivery = { id: 'trial-1', jobRunId: aRun, name: 'trial', delayMs: 0 };
    await broker.queue.send('trials', [delivery]);
    const jobRunId = await taken.promise;
    await worker.close();
    await broker.close();
    return jobRunId;
  };
  test('a cluster delivers', async () => {
    const redis = await startRedis(
      '--cluster-enabled',
      'yes',
      '--cluster-announce-ip',
      '127.0.0.1',
    );
    const node = new Redis(redis.url);
    await node.call('cluster', 'addslotsrange', '0', '16383');
    while (!String(await node.call('cluster', 'info')).includes('cluster_state:ok'));
    node.disconnect();
    expect(await deliver(redis.url.replace('redis:', 'redis+cluster:'))).toBe(aRun);
    await redis.stop();
  });

  test("a sentinel's master delivers", async () => {
    const master = await startRedis();
    const sentinel = await startSentinel(master.url);
    expect(await deliver(sentinel.url)).toBe(aRun);
    await sentinel.stop();
    await master.stop();
  });
});

onRedis('a queue that others can reach', () => {
  test('a delivery that names no run is dropped, and spoils no other', async () => {
    const redis = await startRedis();
    const settings = {
      databaseUrl: 'postgresql://unused',
      redisUrl: redis.url,
      isProduction: true,
    };
    const broker = await connectBroker({ ...settings, log });
    const jobRunId = randomUUID();
    const taken = Promise.withResolvers<string>();
    const worker = broker.queue.work('trials', 1, async (id) => taken.resolve(id));
    for (const data of [{ jobRunId: 'not-a-run' }, { jobRunId: null }, null]) {
      await broker.lendQueue('trials').add('evil', data);
    }
    await broker.queue.send('trials', [{ id: 'trial-1', jobRunId, name: 'trial', delayMs: 0 }]);
    expect(await taken.promise).toBe(jobRunId);
    expect(warnings.filter((warning) => warning.includes('names no run'))).toHaveLength(3);
    await worker.close();
    await broker.close();
    await redis.stop();
  });
});

onRedis('a Redis that cannot be worked with', () => {
  const connect = (redisUrl: string, isProduction: boolean) =>
    connectBroker({ databaseUrl: 'postgresql://unused', redisUrl, isProduction, log });

  test('one that evicts is refused in production, and warned of elsewhere', async () => {
    const redis = await startRedis('--maxmemory-policy', 'allkeys-lru');
    await expect(connect(redis.url, true)).rejects.toThrow(
      /evicts keys when its memory is full \(maxmemory-policy allkeys-lru\); set it to noeviction/,
    );
    const broker = await connect(redis.url, false);
    await broker.close();
    expect(warnings.filter((warning) => warning.includes('allkeys-lru'))).toHaveLength(1);
    await redis.stop();
  });

  test('one that nobody answers at is named, without the password', async () => {
    const failure = connect('redis://:secret@127.0.0.1:9', true);
    await expect(failure).rejects.toThrow(/cannot use redis at 127\.0\.0\.1:9: .*ECONNREFUSED/);
    await expect(failure).rejects.not.toThrow(/secret/);
  });

  test('a wrong password is said', async () => {
    const redis = await startRedis('--requirepass', 'right');
    const wrong = redis.url.replace('//', '//:wrong@');
    await expect(connect(wrong, true)).rejects.toThrow(
      /cannot use redis at .*: .*(WRONGPASS|NOAUTH)/,
    );
    const broker = await connect(redis.url.replace('//', '//:right@'), true);
    await broker.close();
    await redis.stop();
  });
});
