import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Api } from '../../client/api.ts';
import {
  AeoAuditProgressDocument,
  type AeoAuditStateFragment,
  CreateAeoSetUpDocument,
  CreatePlatformCredentialDocument,
  SetBrandProfileDocument,
  StartAeoAuditDocument,
} from '../../client/operations.ts';
import { answerPlatformNames } from '../../src/domain/aeo-audit/answer-platform.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { addClient } from '../support/agency.ts';
import {
  type FakeAnswerPlatforms,
  startAnswerPlatforms,
} from '../support/answer-platforms/answer-server.ts';
import { startCrew } from '../support/crew.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { noteRecovery } from '../support/recovery.ts';
import { hasRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const questions = 6;
const wanted = questions * answerPlatformNames.length;
const concurrency = 8;

let fake: FakeAnswerPlatforms;
let installation: Installation;
let crew: Awaited<ReturnType<typeof startCrew>>;
let setUpId: string;

beforeAll(async () => {
  fake = await startAnswerPlatforms();
  installation = await startInstallation(hasRedis ? 'Redis' : 'PostgreSQL', {
    ...{ PLATFORM_STAND_INS: fake.standIns, AUDIT_WORKER_CONCURRENCY: String(concurrency) },
    ...{ AUDIT_CIRCUIT_BREAKER_TIMEOUT_SECONDS: '1', LOG_LEVEL: 'silent' },
  });
  crew = await startCrew(2, () => installation.startWorker());
  setUpId = await setUp(installation.api);
});
afterAll(async () => {
  await crew.stop();
  await installation.close();
  fake.close();
});
beforeEach(() => {
  fake.reset();
  for (const behaviour of Object.values(fake.behaviour)) behaviour.latencyMs = 50;
});

async function setUp(api: Api): Promise<string> {
  const client = await addClient(installation.agency, 'Northwind');
  const clientId = toGlobalId('Client', client.id);
  for (const source of answerPlatformNames) {
    const input = { source, name: source, secret: `key-of-${source}` };
    await api.request(CreatePlatformCredentialDocument, { input });
  }
  const competitors = [{ name: 'Contoso' }, { name: 'Fabrikam' }];
  const profile = { clientId, name: 'Northwind', industry: 'CRM software', competitors };
  await api.request(SetBrandProfileDocument, { input: profile });
  const input = {
    ...{ clientId, name: 'Drilled', categories: ['PRICING' as const], maxQuestions: questions },
    platforms: answerPlatformNames.map((platform) => ({ platform, model: 'model' })),
    ...{ batchSize: 4, batchPauseSeconds: 0 },
  };
  const { createAeoSetUp } = await api.request(CreateAeoSetUpDocument, { input });
  return createAeoSetUp.aeoSetUp.id;
}

/** An audit that is watched to its end. */
async function begin() {
  const { api } = installation;
  const idempotencyKey = randomUUID();
  const begun = await api.request(StartAeoAuditDocument, { setUpId, idempotencyKey });
  const { id } = begun.startAeoAudit.aeoAudit;
  const seen: AeoAuditStateFragment[] = [];
  const ended = (async () => {
    for await (const { aeoAuditProgress } of api.subscribe(AeoAuditProgressDocument, { id })) {
      seen.push(aeoAuditProgress);
    }
    return seen.at(-1);
  })();
  return { seen, ended };
}

const counted = () => {
  const counts = Object.values(fake.counts).flatMap(({ answered }) => [...answered.values()]);
  return { distinct: counts.length, asked: counts.reduce((sum, each) => sum + each, 0) };
};
const someAnswered = () => until('some answers', async () => counted().asked >= 6);

function expectForward(seen: AeoAuditStateFragment[]) {
  const shares = seen.map(({ progress }) => progress.progress);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
}

test('a worker killed in the middle of an audit: all is answered, and only what it was asking is asked twice', async () => {
  const { ended, seen } = await begin();
  await someAnswered();
  const killedAt = performance.now();
  await crew.kill(crew.pids().slice(0, 1));
  expect(await ended).toMatchObject({ status: 'COMPLETED' });
  noteRecovery('worker killed in an audit', killedAt);
  const { distinct, asked } = counted();
  expect(distinct).toBe(wanted);
  expect(asked - wanted).toBeLessThanOrEqual(concurrency);
  expectForward(seen);
});

(hasRedis ? test : test.skip)('the queue flushed: all is answered once', async () => {
  const { ended, seen } = await begin();
  await someAnswered();
  const redis = new Redis(installation.agency.redis?.url ?? '');
  await redis.flushall();
  redis.disconnect();
  expect(await ended).toMatchObject({ status: 'COMPLETED' });
  expect(counted()).toEqual({ distinct: wanted, asked: wanted });
  expectForward(seen);
});

test('a platform that is down for a while, and one that says so all the time: nothing is missing', async () => {
  fake.behaviour.GEMINI.failure = 'OUTAGE';
  fake.behaviour.OPENAI.limit = { perMinute: 300, burst: 1 };
  const { ended, seen } = await begin();
  await until('an outage', async () => fake.counts.GEMINI.requests >= 6);
  fake.behaviour.GEMINI.failure = null;
  const end = await ended;
  expect(end).toMatchObject({ status: 'COMPLETED' });
  expect(fake.counts.OPENAI.limited).toBeGreaterThan(0);
  expect(counted()).toEqual({ distinct: wanted, asked: wanted });
  expectForward(seen);
});

test('a key revoked in the middle: what it was for is missing, and nobody goes on asking', async () => {
  const { ended } = await begin();
  await until('an answer', async () => fake.counts.PERPLEXITY.answered.size > 0);
  fake.behaviour.PERPLEXITY.key = 'another-key';
  const end = await ended;
  expect(end).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', errorCode: 'AUTHENTICATION' });
  const { answered = 0, failed = 0 } =
    end?.progress.platforms.find(({ platform }) => platform === 'PERPLEXITY') ?? {};
  expect(answered).toBeGreaterThan(0);
  expect(answered + failed).toBe(questions);
  expect(fake.counts.PERPLEXITY.requests).toBeLessThanOrEqual(answered + 2 * concurrency);
});

test('answers that are too large, or no answers: they are missing, and say why', async () => {
  fake.behaviour.GEMINI.failure = 'HUGE';
  const end = await (await begin()).ended;
  expect(end).toMatchObject({ status: 'COMPLETED_WITH_ERRORS' });
  expect(end?.progress.platforms).toContainEqual(
    expect.objectContaining({ platform: 'GEMINI', answered: 0, failed: questions }),
  );
  expect(end?.progress.lastError).toMatch(/too large/);
});
