import { signInTo } from '../../client/api.ts';
import { HealthDocument, type HealthQuery } from '../../client/operations.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

type Health = HealthQuery['health'];
type Component = Health['components'][number];

const ask = async ({ api }: Installation) => (await api.request(HealthDocument, {})).health;
const component = ({ components }: Health, name: Component['name']) =>
  components.find((each) => each.name === name);

/** Ask again until it is so. */
const untilSo = (installation: Installation, isSo: (health: Health) => boolean) =>
  until('such health', async () => {
    const health = await ask(installation);
    return isSo(health) && health;
  });

test('an installation lacks a worker until one runs, and when it is killed', async () => {
  const installation = await startInstallation();
  const isUnserved = (health: Health) => component(health, 'WORKERS')?.status === 'FAILING';
  const before = await untilSo(installation, isUnserved);
  expect(before.status).toBe('FAILING');
  expect(component(before, 'WORKERS')).toMatchObject({ value: 0 });
  for (const name of ['DATABASE', 'QUEUE', 'STORAGE'] as const) {
    const answering = component(before, name);
    expect(answering).toMatchObject({ name, unit: 'MILLISECONDS', value: expect.any(Number) });
    expect(answering?.status).not.toBe('FAILING');
  }
  expect(component(before, 'TEMPORARY_DISK')).toMatchObject({ unit: 'SHARE', limit: 0.8 });
  // On PostgreSQL the queue has no memory of its own.
  expect(component(before, 'QUEUE_MEMORY')).toBeUndefined();

  const worker = await installation.startWorker();
  const isServed = (health: Health) => component(health, 'WORKERS')?.status === 'OK';
  expect(component(await untilSo(installation, isServed), 'WORKERS')).toMatchObject({ value: 1 });

  // Nobody is left to mark it lost.
  worker.kill('SIGKILL');
  await untilSo(installation, isUnserved);
  await installation.close();
});

const onRedis = hasRedis ? test : test.skip;
onRedis("a queue's memory is a component where Redis limits it", async () => {
  const redis = await startRedis('--maxmemory', '256mb');
  const installation = await startInstallation('PostgreSQL', { REDIS_URL: redis.url });
  const health = await ask(installation);
  expect(component(health, 'QUEUE')?.status).not.toBe('FAILING');
  expect(component(health, 'QUEUE_MEMORY')).toMatchObject({
    status: 'OK',
    limit: 0.9,
    unit: 'SHARE',
  });
  await installation.close();
  await redis.stop();
});

test('storage that does not answer is FAILING, and nothing else for that; analysts may not ask', async () => {
  const address = 'http://127.0.0.1:9';
  const installation = await startInstallation('PostgreSQL', { S3_ENDPOINT: address });
  await installation.startWorker();
  const health = await untilSo(installation, (each) => component(each, 'WORKERS')?.status === 'OK');
  expect(health.status).toBe('FAILING');
  expect(component(health, 'STORAGE')).toMatchObject({
    status: 'FAILING',
    value: null,
    message: 'It does not answer as it should.',
  });
  for (const name of ['DATABASE', 'QUEUE'] as const) {
    expect(component(health, name)?.status).not.toBe('FAILING');
  }
  expect(JSON.stringify(health)).not.toContain('127.0.0.1');

  const { agency, url } = installation;
  const analyst = { email: 'analyst@agency.example', password: 'correct horse battery' };
  await agency.database.withTenant(agency.tenant, (em) =>
    createUser(em, agency.cipher, {
      ...analyst,
      ...{ organizationId: agency.tenant.organizationId, role: 'ANALYST', clientIds: [] },
    }),
  );
  const api = await signInTo(url, analyst.email, analyst.password);
  await expect(api.request(HealthDocument, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await installation.close();
});
