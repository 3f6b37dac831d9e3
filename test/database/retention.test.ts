import { Readable } from 'node:stream';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { findStalePeriods } from '../../src/domain/summary/find-periods.ts';
import { summarizePeriod } from '../../src/domain/summary/summarize-period.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { archiveFacts } from '../../src/jobs/archive-facts.job.ts';
import type { JobContext, JobDefinition } from '../../src/jobs/define-job.ts';
import { eraseSubject } from '../../src/jobs/erase-subject.job.ts';
import { restoreFacts } from '../../src/jobs/restore-facts.job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { type NamedFact, putFacts } from '../support/facts.ts';
import { createGraph } from '../support/graph.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { runAs } from '../support/test-services.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let theirs: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let rig: Awaited<ReturnType<typeof createJobRig>>;
let store: ReturnType<typeof createObjectStore>;
let client: Client;
let other: Client;
let feed: Feed;

const month = '2023-03-01';
const range = { from: month, to: '2023-03-31' };
const yearLater = { from: '2024-03-01', to: '2024-03-31' };

beforeAll(async () => {
  agency = await createAgency();
  const credentials = { email: 'o@other.example', password: 'a quite long password' };
  const tenant = await addOrganization(agency, credentials);
  theirs = { ...agency, tenant, actor: await findActor(agency.database, tenant) };
  graph = await createGraph(agency);
  store = createObjectStore(agency.s3);
  const jobs = [archiveFacts, restoreFacts, eraseSubject, runUpkeep] as unknown as JobDefinition[];
  rig = await createJobRig(
    agency,
    jobs.map((job) => ({ ...job, backoffMs: 10 })),
  );
  client = await addClient(agency, 'Acme');
  feed = await addFeed(agency, client);
  await putFacts(agency, feed, [...factsOf(month, 10), ...factsOf(yearLater.from, 3)]);
  const vibe = await addFeed(agency, client, { name: 'Second', keyPattern: 'second-{date}.csv' });
  await putFacts(agency, vibe, [fact('2023-03-09', 1, { clicks: null, revenue: null })]);
  other = await addClient(agency, 'Other');
  await putFacts(agency, await addFeed(agency, other), factsOf(month, 2));
  const bucket = { ...agency.bucket, name: `${agency.bucket.name}-theirs` };
  const their = { ...theirs, bucket };
  await putFacts(their, await addFeed(their, await addClient(their, 'Theirs')), factsOf(month, 3));
});
afterAll(async () => {
  await rig.close();
  await graph.close();
  store.close();
  await agency.close();
});

function fact(date: string, n: number, more: Partial<NamedFact> = {}): NamedFact {
  return {
    ...{ date, campaign: `Campaign ${n % 3}`, strategy: 'S', placement: `P ${n % 2}` },
    ...{ creative: `Creative "${n}"\\é`, impressions: 9_007_199_254_740 + n, clicks: n * 7 },
    ...{ conversions: '0.000000001', revenue: `${n}.123456789`, spend: `1${n}.5` },
    ...{ media_cost: n % 2 ? '0.5' : null, completed_views: n % 2 ? n : null },
    ...more,
  };
}

/** So many facts of each of twenty days. */
function factsOf(first: string, count: number): NamedFact[] {
  return Array.from(
    { length: 20 },
    (_, day) => `${first.slice(0, 8)}${String(day + 1).padStart(2, '0')}`,
  ).flatMap((date) => Array.from({ length: count }, (_, n) => fact(date, n)));
}

const asRoot = <Row extends object>(sql: string, values: unknown[] = []) =>
  runAs<Row>(agency.urls.superuserUrl, sql, values);

const told = async (text: string, variables: object = {}, viewer = agency.actor) => {
  const { data, error } = await ask(graph, viewer, text, variables);
  if (error) throw error;
  return data;
};
const refusal = async (text: string, variables: object = {}) => {
  const { error } = await ask(graph, agency.actor, text, variables);
  return [(error as DomainError | undefined)?.code, error?.message];
};

const run = async (job: JobDefinition = archiveFacts as JobDefinition, owner = agency.tenant) => {
  const ended = await rig.ended(await rig.add(job, {}, owner), owner);
  expect([ended.errorMessage, ended.status]).toEqual([null, 'SUCCEEDED']);
  return ended;
};

/** Everything that there is of a month of the organization's own, above all as it is summed at every level. */
const factsThen = () =>
  Promise.all(
    [
      `select to_jsonb(f) as row from daily_metrics f where date < '2023-04-01' and organization_id = $1
       order by feed_id, date, creative_id`,
      `select to_jsonb(f) as row from daily_rollups f where date < '2023-04-01' and organization_id = $1
       order by entity_id, date, feed_id, reported`,
    ].map((sql) => asRoot<Answer>(sql, [agency.tenant.organizationId])),
  );

const archives = () =>
  asRoot<{ client_id: string; file_key: string; removed: boolean; sums: Answer }>(
    `select client_id, file_key, removed_at is not null as removed, sums from metric_archives
     where organization_id = $1 order by client_id, month`,
    [agency.tenant.organizationId],
  );
/** Do something while a transaction holds the month's days and will say that it stays, as a restore does at its end. */
const whileBeingPutBack = <T>(fn: () => Promise<T>): Promise<T> =>
  agency.database.withTenant(agency.tenant, async (em) => {
    await em.execute(`update slices set updated_at = now() where date between ? and ?`, [
      ...[range.from, range.to],
    ]);
    const result = await fn();
    await em.execute(
      `update metric_archives set hot_until = now() + interval '1 day' where month = ?::date`,
      [month],
    );
    return result;
  });
const hasPartition = async () =>
  (await asRoot(`select from pg_class where relname = 'daily_metrics_2023_03'`)).length === 1;

const sumsOf = `query ($id: ID!, $range: DateRangeInput!) {
  node(id: $id) { ... on Client {
    metrics(range: $range) { impressions clicks conversions revenue spend mediaCost completedViews ctr roas
      coverage { status reason } }
    timeSeries(range: $range, grain: MONTH) { from status metrics { impressions spend } }
    campaigns(first: 10, orderBy: { field: NAME }) { nodes {
      name metrics(range: $range) { impressions clicks revenue spend coverage { status } }
      strategies { nodes { metrics(range: $range) { impressions coverage { status } } } } } }
    feeds { name gaps(range: $range) { date status } }
  } } }`;
const sums = async () =>
  (await told(sumsOf, { id: toGlobalId('Client', client.id), range })).node as Answer;

const policy = `{ retentionPolicy {
  hotMonths rollupMonths restoredDays logDays
  plan { months { month clients days rows } rollupMonths logs { table rows } }
  archivedMonths { month clients rows sizeBytes removedAt hotUntil } } }`;

/** The summary of the month, once it was made anew where it can be. */
const summary = async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    summarizePeriod(em, client.id, { kind: 'MONTHLY', ...range }),
  );
  return asRoot<Answer>('select totals, gaps, version from summaries where client_id = $1', [
    client.id,
  ]);
};

let summedUp: Answer[];
let before: Awaited<ReturnType<typeof factsThen>>;
let hot: Answer;

test('what the next night would do is told before it does, and telling changes nothing', async () => {
  before = await factsThen();
  hot = await sums();
  summedUp = await summary();
  const { retentionPolicy } = await told(policy);
  expect(retentionPolicy).toMatchObject({
    ...{ hotMonths: 13, rollupMonths: 37, restoredDays: 30, logDays: 90, archivedMonths: [] },
    plan: {
      months: [
        { month, clients: 2, days: 41 },
        { month: yearLater.from, clients: 1, days: 20 },
      ],
      rollupMonths: 0,
    },
  });
  expect(await archives()).toEqual([]);
  expect(await factsThen()).toEqual(before);
});

test('a month leaves only once the files of all organizations are whole, and only as it was written', async () => {
  // Every way in which an attempt ends too soon; the sixth makes it.
  let attempts = 0;
  const dying = (context: JobContext): JobContext => {
    attempts += 1;
    let isReadBack = false;
    const dies = (at: number) => {
      if (attempts === at) throw new Error('killed');
    };
    return {
      ...context,
      store: {
        ...context.store,
        async keep(key: string, content: Readable) {
          dies(1);
          const kept = await context.store.keep(key, content);
          dies(2);
          return kept;
        },
        async readKept(key: string, bytes?: { start: number; end: number }) {
          isReadBack = true;
          return attempts === 3 ? Readable.from(['other']) : context.store.readKept(key, bytes);
        },
      },
      async write(fn) {
        const result = await context.write(async (em) => {
          const result = await fn(em);
          // Within the transaction that has just removed the month.
          if (result === true) dies(5);
          return result;
        });
        // The file is counted by now, and that it is was not heard.
        if (isReadBack) dies(4);
        return result;
      },
    };
  };
  const failing = {
    ...archiveFacts,
    name: 'archive-and-die',
    attempts: 6,
    backoffMs: 10,
    process: (payload, context) => archiveFacts.process(payload, dying(context)),
  } as typeof archiveFacts;
  const own = await createJobRig(agency, [failing as JobDefinition]);
  own.startWorker();
  // The other organization's month is not written yet: nothing is removed.
  const waits = await own.ended(await own.add(failing, {}));
  expect([waits.status, waits.attempt]).toEqual(['SUCCEEDED', 6]);
  expect(await factsThen()).toEqual(before);
  const removed = (await archives()).filter((archive) => archive.removed);
  expect(removed.map(({ sums }) => sums.rows)).toEqual([60]);
  await own.close();
  rig.startWorker();

  // A day is restated meanwhile: its file is not what the facts say.
  await asRoot(`update daily_metrics set revenue = revenue + 1 where client_id = $1`, [other.id]);
  const [{ file_key: stale } = { file_key: '' }] = (await archives()).filter(
    (each) => each.client_id === other.id,
  );
  await run(undefined, theirs.tenant);
  expect(await hasPartition()).toBe(true);
  await asRoot(`update daily_metrics set revenue = revenue - 1 where client_id = $1`, [other.id]);
  await run();
  expect(await hasPartition()).toBe(false);
  await store.readKept(stale);
  expect(await factsThen()).toEqual([[], []]);
  const found = (await archives()).filter(({ removed }) => removed);
  expect(found).toHaveLength(3);
  for (const { file_key } of found) await store.readKept(file_key);
  const rows = found.map((archive) => archive.sums.rows).toSorted();
  expect(rows).toEqual([201, 40, 60].toSorted());
});

test('archived days read ARCHIVED and not as zeros; months of clients and campaigns keep their sums', async () => {
  const cold = await sums();
  const { coverage, ...figures } = cold.metrics;
  const { coverage: _, ...hotFigures } = hot.metrics;
  expect(figures).toEqual(hotFigures);
  expect(coverage.status).toBe('ARCHIVED');
  expect(cold.timeSeries).toEqual([
    { from: month, status: 'ARCHIVED', metrics: hot.timeSeries[0].metrics },
  ]);
  for (const [index, campaign] of cold.campaigns.nodes.entries()) {
    const { coverage: status, ...own } = campaign.metrics;
    expect(hot.campaigns.nodes[index].metrics).toMatchObject(own);
    expect(status).toEqual({ status: 'ARCHIVED' });
    expect(campaign.strategies.nodes[0].metrics).toEqual({
      impressions: null,
      coverage: { status: 'ARCHIVED' },
    });
  }
  const gaps = cold.feeds.flatMap((each: Answer) => each.gaps.map((gap: Answer) => gap.status));
  expect(gaps.filter((status: string) => status === 'ARCHIVED')).toHaveLength(21);

  // What was summed up before stays as it was.
  expect(await summary()).toEqual(summedUp);
  const stale = await agency.database.withTenant(agency.tenant, (em) =>
    findStalePeriods(em, client.id),
  );
  expect(stale.filter(({ from, to }) => from <= range.to && to >= range.from)).toEqual([
    expect.objectContaining({ from: '2023-03-27' }),
  ]);

  const part = await told(sumsOf, {
    id: toGlobalId('Client', client.id),
    range: { ...range, from: '2023-03-02' },
  });
  expect(part.node.metrics).toMatchObject({ impressions: null, coverage: { status: 'ARCHIVED' } });

  const comparison = await told(
    `query ($id: ID!, $range: DateRangeInput!) { node(id: $id) { ... on Client {
       metrics(range: $range, compareTo: { period: PREVIOUS_YEAR }) {
         comparison { metrics { impressions } changes(metrics: [IMPRESSIONS]) { base relative gap } } } } } }`,
    { id: toGlobalId('Client', client.id), range: yearLater },
  );
  expect(comparison.node.metrics.comparison).toMatchObject({
    metrics: { impressions: hot.metrics.impressions },
    changes: [{ base: String(hot.metrics.impressions), gap: null }],
  });
});

test('whatever would change an archived day is refused, and says what to do', async () => {
  const variables = { feedId: toGlobalId('Feed', feed.id), id: toGlobalId('Client', client.id) };
  const archived = ['CONFLICT', '2023-03 is archived: restore first (restoreArchivedMonth).'];
  for (const mutation of [
    'startIngestion(input: { feedId: $feedId, date: "2023-03-20" })',
    'backfill(input: { feedId: $feedId, range: { from: "2023-03-01", to: "2023-03-31" } })',
    'recomputeSpend(input: { clientId: $id, range: { from: "2023-03-01", to: "2023-03-31" } })',
    'setRateCard(input: { clientId: $id, cpm: "9", effectiveFrom: "2023-03-20", effectiveTo: "2023-03-21" })',
  ]) {
    const text = `mutation ($feedId: ID!, $id: ID!) { ${mutation} { __typename } }`;
    const needed = Object.entries(variables).filter(([name]) => mutation.includes(`$${name}`));
    const declared = needed.map(([name]) => `$${name}: ID!`).join(', ');
    expect(
      await refusal(text.replace('$feedId: ID!, $id: ID!', declared), Object.fromEntries(needed)),
    ).toEqual(archived);
  }
  await expect(
    agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`select remove_archived_month(date_trunc('month', now())::date)`),
    ),
  ).rejects.toThrow(/too young/);
});

const restore = async (key: string) => {
  const { restoreArchivedMonth } = await told(
    `mutation ($key: String!) { restoreArchivedMonth(input: { month: "${month}", idempotencyKey: $key }) {
       jobRun { id } } }`,
    { key },
  );
  return parseGlobalId(restoreArchivedMonth.jobRun.id)?.id ?? '';
};

test('a file that is not what was archived is refused, and nothing of it is put back', async () => {
  const [{ file_key: key } = { file_key: '' }] = (await archives()).filter(
    (each) => each.client_id === client.id && each.sums.rows === 201,
  );
  const chunks = [];
  for await (const chunk of await store.readKept(key)) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  const changed = Buffer.from(content);
  changed.writeUInt8((changed.at(200) ?? 0) ^ 1, 200);
  await store.keep(key, Readable.from([changed]));
  const id = await restore('tampered');
  await rig.send(id);
  const ended = await rig.ended(id);
  expect([ended.status, ended.errorMessage]).toEqual([
    'FAILED',
    `The file ${key} is not what was archived: nothing was restored.`,
  ]);
  const mine = await asRoot('select from daily_metrics where client_id = $1 and date < $2', [
    client.id,
    '2023-04-01',
  ]);
  expect(mine).toEqual([]);
  await store.keep(key, Readable.from([content]));
});

test('archive and restore gives identical sums at every level, and the month then stays for a while', async () => {
  const id = await restore('again');
  expect(await restore('again')).toBe(id);
  await rig.send(id);
  const ended = await rig.ended(id);
  expect([ended.errorMessage, ended.status]).toEqual([null, 'SUCCEEDED']);
  expect(await factsThen()).toEqual(before);
  expect(await sums()).toEqual(hot);
  expect(
    await asRoot('select from monthly_rollups where organization_id <> $1', [
      agency.tenant.organizationId,
    ]),
  ).not.toHaveLength(0);
  // The other organization's stay where they are, and this one's are not archived again.
  const [theirFacts] = await asRoot<{ count: string }>(
    'select count(*) from daily_metrics where organization_id = $1',
    [theirs.tenant.organizationId],
  );
  expect(theirFacts?.count).toBe('0');
  await run();
  expect(await factsThen()).toEqual(before);
  const { retentionPolicy } = await told(policy);
  expect(retentionPolicy.plan.months).toEqual([]);
  expect(retentionPolicy.archivedMonths).toMatchObject([
    { month: yearLater.from, hotUntil: null },
    { month, clients: 2, rows: 241, removedAt: null, hotUntil: expect.any(String) },
  ]);
  const { retentionPolicy: toThem } = await told(policy, {}, theirs.actor);
  expect(toThem.archivedMonths).toMatchObject([{ month, clients: 1, rows: 60 }]);

  // Later it leaves again, by the files that there are; not while it is just being put back.
  const keys = (await archives()).map(({ file_key }) => file_key);
  await asRoot('update metric_archives set hot_until = now()');
  await whileBeingPutBack(async () => {
    const ended = rig.ended(await rig.add(archiveFacts as JobDefinition, {}));
    await until('it waits for the days', async () => {
      const waiting = await asRoot(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like 'select remove_archived_month%'`,
      );
      return waiting.length > 0;
    });
    return { ended };
  }).then(({ ended }) => ended);
  expect(await factsThen()).toEqual(before);
  await asRoot('update metric_archives set hot_until = now()');
  await run();
  expect(await factsThen()).toEqual([[], []]);
  expect((await archives()).map(({ file_key }) => file_key)).toEqual(keys);
});

test('erasing a client erases its archived months, files included', async () => {
  const keys = (await archives()).flatMap((each) =>
    each.client_id === client.id ? each.file_key : [],
  );
  expect(keys).toHaveLength(2);
  const [erasure] = await asRoot<{ id: string }>(
    `insert into erasures (organization_id, subject, subject_id, status_before, requested_by, due_at)
     values ($1, 'CLIENT', $2, 'ACTIVE', $3, now()) returning id`,
    [agency.tenant.organizationId, client.id, agency.actor.userId],
  );
  const ended = await rig.ended(await rig.add(eraseSubject, { erasureId: erasure?.id ?? '' }));
  expect([ended.errorMessage, ended.status]).toEqual([null, 'SUCCEEDED']);
  for (const key of keys) await expect(store.readKept(key)).rejects.toThrow('cannot be read');
  expect((await archives()).map((each) => each.client_id)).toEqual([other.id]);
  expect(await asRoot('select from monthly_rollups where client_id = $1', [client.id])).toEqual([]);
});

test('a night’s upkeep starts the archiving, and removes old sums and logs', async () => {
  await putFacts(
    agency,
    await addFeed(agency, other, { name: 'Late', keyPattern: 'late-{date}' }),
    [fact('2023-05-05', 1)],
  );
  await asRoot(
    `insert into job_runs (organization_id, name, queue, payload, max_attempts, status, finished_at)
     select $1, 'send-mail', 'mails', '{}', 1, 'SUCCEEDED', now() - make_interval(days => days)
     from unnest(array[89, 91]) days`,
    [agency.tenant.organizationId],
  );
  const upkeep = await run(runUpkeep as JobDefinition);
  const [archiving] = await asRoot<{ id: string }>(
    `select id from job_runs where name = 'archive-facts' and created_at >= $1`,
    [upkeep.createdAt],
  );
  expect((await rig.ended(archiving?.id ?? '')).status).toBe('SUCCEEDED');
  expect(await asRoot(`select from job_runs where name = 'send-mail'`)).toHaveLength(1);
  const months = await asRoot<{ month: string }>(
    `select distinct to_char(date, 'YYYY-MM') as month from monthly_rollups where organization_id = $1`,
    [agency.tenant.organizationId],
  );
  // March 2023, which is longer than 37 months ago, is gone; May comes only now.
  expect(months.map((each) => each.month)).toEqual(['2023-05']);
});
