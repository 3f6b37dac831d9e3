import { parse } from 'graphql';
import { Client as PgClient } from 'pg';
import { HealthDocument, type HealthQuery } from '../../client/operations.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { Feed } from '../../src/domain/feed/feed.entity.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';

type Component = HealthQuery['health']['components'][number];

let agency: Agency;
let other: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let client: Client;
let feed: Feed;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  other = await organization('other');
  client = await addClient(agency);
  feed = await addFeed(agency, client, { timeZone: 'America/New_York' });
});
afterAll(async () => {
  await graph.close();
  await agency.close();
});

/** One more organization, with a bucket that no other has. */
async function organization(name: string): Promise<Agency> {
  const email = `${name}@agency.example`;
  const tenant = await addOrganization(agency, { email, password: 'correct horse battery' });
  const actor = await findActor(agency.database, tenant);
  return { ...agency, tenant, actor, bucket: { ...agency.bucket, name } };
}

/** Times are hours ago. */
interface Past {
  status: string;
  claimed?: number;
  finished?: number | null;
  errorCode?: string | null;
}

function addJob({ database, tenant }: Agency, past: Past): Promise<string> {
  const { status, claimed = 1, finished = null, errorCode = null } = past;
  return database.withTenant(tenant, async (em) => {
    const [row] = await em.execute<{ id: string }[]>(
      `insert into job_runs (organization_id, name, queue, payload, max_attempts, status, claimed_at,
         finished_at, error_code)
       values (?, 'ingest-feed', 'ingestion', '{}', 5, ?, now() - ? * interval '1 hour',
         now() - ?::float8 * interval '1 hour', ?)
       returning id`,
      [tenant.organizationId, status, claimed, finished, errorCode],
    );
    return row?.id ?? '';
  });
}

async function addLoad(owner: Agency, of: Feed, past: Past, trigger = 'SCHEDULE'): Promise<void> {
  const jobRunId = await addJob(owner, past);
  await owner.database.withTenant(owner.tenant, (em) =>
    em.execute(
      `insert into ingestion_runs (organization_id, client_id, feed_id, job_run_id, trigger, from_date, to_date)
       values (?, ?, ?, ?, ?, '2026-01-05', '2026-01-05')`,
      [of.organizationId, of.clientId, of.id, jobRunId, trigger],
    ),
  );
}

function addDay(
  { database, tenant }: Agency,
  of: Feed,
  date: string,
  version = 1,
): Promise<unknown> {
  return database.withTenant(tenant, (em) =>
    em.execute(
      `insert into slices (feed_id, date, organization_id, client_id, status, version)
       values (?, ?, ?, ?, 'APPLIED', ?)`,
      [of.id, date, of.organizationId, of.clientId, version],
    ),
  );
}

async function componentsOf({ actor }: Agency): Promise<Map<Component['name'], Component>> {
  const { result } = await graph.run(actor, HealthDocument, {});
  expect(result.errors).toBeUndefined();
  const components = result.data?.health.components ?? [];
  return new Map(components.map((component) => [component.name, component]));
}

test('an organization with nothing yet has nothing to complain of', async () => {
  const components = await componentsOf(await organization('fresh'));
  expect([...components.values()]).toMatchObject([
    { name: 'STUCK_JOBS', status: 'OK', value: 0 },
    { name: 'FAILED_JOBS', status: 'UNKNOWN', value: null },
    { name: 'FEEDS', status: 'OK', value: 0, limit: 26, unit: 'HOURS', affected: 0 },
  ]);
});

test('stuck are the jobs of the organization alone that have been running for over 2 h', async () => {
  await addJob(agency, { status: 'RUNNING', claimed: 1.9 });
  await addJob(other, { status: 'RUNNING', claimed: 5 });
  const stuck = async () => (await componentsOf(agency)).get('STUCK_JOBS');
  expect(await stuck()).toMatchObject({ status: 'OK', value: 0, limit: 0, unit: 'COUNT' });
  await addJob(agency, { status: 'RUNNING', claimed: 2.1 });
  expect(await stuck()).toMatchObject({ status: 'DEGRADED', value: 1 });
});

test('of the jobs that ended in the last hour, the share that failed is told', async () => {
  for (const status of ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'CANCELLED']) {
    await addJob(agency, { status, finished: 0.9 });
  }
  await addJob(agency, { status: 'FAILED', finished: 1.1 });
  for (let count = 0; count < 9; count++) await addJob(other, { status: 'FAILED', finished: 0.1 });
  // 1 of 4: neither the cancelled one counts, nor the one before that hour, nor another's.
  expect((await componentsOf(agency)).get('FAILED_JOBS')).toMatchObject({
    status: 'DEGRADED',
    value: 0.25,
    affected: 1,
    limit: 0.1,
    unit: 'SHARE',
  });
  expect((await componentsOf(other)).get('FAILED_JOBS')).toMatchObject({
    status: 'FAILING',
    value: 1,
    affected: 9,
  });
});

test("a feed is late from the end of its first day not loaded, in its zone; others' and disabled ones do not count", async () => {
  const othersFeed = await addFeed(other, await addClient(other));
  await addDay(other, othersFeed, '2020-01-01');
  const disabled = await addClient(agency, 'Disabled');
  await addDay(agency, await addFeed(agency, disabled), '2020-01-01');
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update clients set status = 'DISABLED' where id = ?`, [disabled.id]),
  );
  const feeds = async () => (await componentsOf(agency)).get('FEEDS');
  // Never loaded, but just made.
  expect(await feeds()).toMatchObject({ status: 'OK', affected: 0 });

  await addDay(agency, feed, '2026-01-05');
  await addDay(agency, feed, '2026-01-09', 0);
  // The 6th is not loaded; it ended in New York at 05:00 UTC of the 7th.
  const hours = (Date.now() - Date.parse('2026-01-07T05:00:00Z')) / 3_600_000;
  const late = await feeds();
  expect(late).toMatchObject({
    status: 'DEGRADED',
    affected: 1,
    message: '1 of 1 feeds are behind.',
  });
  expect(late?.value).toBeGreaterThanOrEqual(hours - 0.01);
  expect(late?.value).toBeLessThan(hours + 0.5);
});

test('a platform is judged by what it answered the loads of the organization in the last 24 h', async () => {
  const platform = async () => (await componentsOf(agency)).get('PLATFORM');
  expect(await platform()).toMatchObject({
    source: 'SURFSIDE',
    status: 'UNKNOWN',
    value: null,
    lastSuccessAt: null,
  });

  const [othersFeed] = await other.database.withTenant(other.tenant, (em) => em.find(Feed, {}));
  if (!othersFeed) throw new Error('The other organization has no feed');
  const failed = { status: 'FAILED', errorCode: 'UPSTREAM_FAILED' };
  for (let count = 0; count < 5; count++)
    await addLoad(other, othersFeed, { ...failed, finished: 2 });
  await addLoad(agency, feed, { ...failed, finished: 3 });
  await addLoad(agency, feed, { ...failed, finished: 25 });
  await addLoad(agency, feed, { ...failed, finished: 3 }, 'APPROVAL');
  await addLoad(agency, feed, { status: 'FAILED', errorCode: 'WORKER_LOST', finished: 3 });
  await addLoad(agency, feed, { status: 'FAILED', errorCode: 'BAD_USER_INPUT', finished: 3 });
  await addLoad(agency, feed, { status: 'SUCCEEDED', finished: 4 });
  const succeededAt = Date.now() - 4 * 3_600_000;

  // It gave no answer to 1 of 3: one succeeded, and a file that cannot be used is an answer.
  const judged = await platform();
  expect(judged).toMatchObject({ status: 'DEGRADED', affected: 1, unit: 'SHARE' });
  expect(judged?.value).toBeCloseTo(1 / 3);
  expect(Math.abs(Date.parse(String(judged?.lastSuccessAt)) - succeededAt)).toBeLessThan(60_000);
  expect((await componentsOf(other)).get('PLATFORM')).toMatchObject({
    status: 'FAILING',
    value: 1,
    affected: 5,
    lastSuccessAt: null,
  });
});

test('what cannot be read in time is UNKNOWN, and the rest is answered', async () => {
  const superuser = new PgClient({ connectionString: agency.urls.superuserUrl });
  await superuser.connect();
  await superuser.query('begin; lock table slices in access exclusive mode');
  const components = await componentsOf(agency);
  await superuser.query('rollback');
  await superuser.end();
  expect(components.get('FEEDS')).toMatchObject({ status: 'UNKNOWN', value: null });
  expect(components.get('STUCK_JOBS')).toMatchObject({ status: 'DEGRADED' });
  expect((await componentsOf(agency)).get('FEEDS')).toMatchObject({ status: 'DEGRADED' });
});

test('an operation that asks many times over is looked into once', async () => {
  const ask = (times: number) => {
    const fields = Array.from(
      { length: times },
      (_, each) => `h${each}: health { checkedAt status }`,
    );
    return graph.run(agency.actor, parse(`{ ${fields.join(' ')} }`) as typeof HealthDocument, {});
  };
  const once = await ask(1);
  const often = await ask(900);
  expect(once.statements.length).toBeGreaterThan(0);
  expect(often.statements).toHaveLength(once.statements.length);
  const answers = Object.values(often.result.data ?? {});
  expect(answers).toHaveLength(900);
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('only admins may ask', async () => {
  const { result } = await graph.run({ ...agency.actor, role: 'ANALYST' }, HealthDocument, {});
  expect(result.errors?.[0]?.message).toMatch(/ADMIN/);
  expect(result.data ?? null).toBeNull();
});
