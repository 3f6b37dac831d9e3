import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { logOwners } from '../../src/domain/audit-log/archive-months.ts';
import { migrate, migrateTables } from '../../src/infra/migrate.ts';
import { createObjectStore } from '../../src/infra/storage.ts';
import { archiveAuditLog } from '../../src/jobs/archive-audit-log.job.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { runCli } from '../support/run-cli.ts';
import { createEmptyDatabase, runAs } from '../support/test-services.ts';

interface Archive {
  id: string;
  organization_id: string | null;
  month: string;
  file_key: string;
  entries: string;
}

let agency: Agency;
let store: ReturnType<typeof createObjectStore>;
let rig: Awaited<ReturnType<typeof createJobRig>>;

beforeAll(async () => {
  agency = await createAgency();
  store = createObjectStore(agency.s3);
  const definitions = [{ ...archiveAuditLog, backoffMs: 10 }, runUpkeep];
  rig = await createJobRig(agency, definitions as unknown as JobDefinition[]);
  rig.startWorker();
});
afterAll(async () => {
  await rig.close();
  store.close();
  await agency.close();
});

const asSuperuser = <Row extends object>(sql: string, values: unknown[] = []) =>
  runAs<Row>(agency.urls.superuserUrl, sql, values);

/** So many entries of a month, which ended so many months before this one began. */
async function addEntries(organizationId: string | null, monthsAgo: number, entries: number) {
  const [row] = await asSuperuser<{ month: string }>(
    `with month as (
       select date_trunc('month', now() at time zone 'UTC') - make_interval(months => $2) as first
     ), added as (
       insert into audit_log (organization_id, action, entity_type, after, at)
       select $1, 'UPDATE', 'Client', jsonb_build_object('number', n, 'name', E'two\\nlines'),
         (first + n * interval '1 second') at time zone 'UTC'
       from month, generate_series(0, $3 - 1) n
     )
     select to_char(first, 'YYYY-MM') as month from month`,
    [organizationId, monthsAgo, entries],
  );
  return row?.month ?? '';
}

const countEntries = async (organizationId: string | null) => {
  const [row] = await asSuperuser<{ count: string }>(
    `select count(*) from audit_log where action = 'UPDATE' and organization_id is not distinct from $1`,
    [organizationId],
  );
  return Number(row?.count);
};

const listArchives = (organizationId: string | null) =>
  asSuperuser<Archive>(
    `select id, organization_id, to_char(month, 'YYYY-MM') as month, file_key, entries from audit_archives
     where organization_id is not distinct from $1 order by month`,
    [organizationId],
  );

const read = async (key: string) => {
  const content = await text((await store.readKept(key)).pipe(createGunzip()));
  return content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const run = async (owner = agency.tenant) =>
  rig.ended(await rig.add(archiveAuditLog, { owners: [...logOwners] }, owner), owner);

test('months older than two years become files that hold them whole, and nothing younger leaves', async () => {
  const { organizationId } = agency.tenant;
  const other = await addOrganization(agency, {
    email: 'o@x.example',
    password: 'a quite long password',
  });
  const oldest = await addEntries(organizationId, 30, 4_500);
  const old = await addEntries(organizationId, 25, 3);
  await addEntries(organizationId, 24, 2);
  await addEntries(other.organizationId, 40, 1);
  const ofNobody = await addEntries(null, 26, 2);
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', done: 4505 });

  expect(await countEntries(organizationId)).toBe(2);
  expect(await countEntries(other.organizationId)).toBe(1);
  expect(await countEntries(null)).toBe(0);
  const archives = await listArchives(organizationId);
  expect(archives.map(({ month, entries }) => [month, entries])).toEqual([
    [oldest, '4500'],
    [old, '3'],
  ]);
  const entries = await read(archives[0]?.file_key ?? '');
  expect(entries.map(({ after }) => after.number)).toEqual(entries.map((_, index) => index));
  expect(entries[0]).toMatchObject({
    organization_id: organizationId,
    action: 'UPDATE',
    entity_type: 'Client',
  });
  const manifestKey = archives[0]?.file_key.replace('jsonl.gz', 'manifest.json') ?? '';
  const manifest = JSON.parse(await text(await store.readKept(manifestKey)));
  expect(manifest).toMatchObject({ organizationId, month: `${oldest}-01`, entries: 4500 });
  expect((await listArchives(null)).map(({ month }) => month)).toEqual([ofNobody]);

  // Once more, nothing is left to do.
  expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await listArchives(organizationId)).toHaveLength(2);

  const listed = await runCli(agency, ['audit-log', 'archives', '--organization', organizationId]);
  expect(listed.stdout).toContain(`\t${oldest}\t4,500\t`);
  const shown = await runCli(agency, ['audit-log', 'read', archives[1]?.id ?? '']);
  expect(
    shown.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).after.number),
  ).toEqual([0, 1, 2]);
});

test('the operator lists what is of no organization', async () => {
  await addEntries(null, 0, 1);
  const { stdout } = await runCli(agency, ['audit-log', 'strangers', '--since', '32d']);
  expect(stdout).toMatch(/\tUPDATE\t.*"number": 0/);
});

test('killed before or after the file is whole, it goes on: nothing is lost, and nothing is there twice', async () => {
  const { organizationId } = agency.tenant;
  const before = (await listArchives(organizationId)).length;
  const month = await addEntries(organizationId, 50, 10);
  const dropped: string[] = [];
  let attempts = 0;
  const failing = {
    ...archiveAuditLog,
    name: 'archive-and-fail',
    backoffMs: 10,
    process: ((payload, context) => {
      attempts += 1;
      const broken = {
        ...context.store,
        // The first dies within the file, the second with the file there, the third reads another back.
        async keep(key: string, content: never) {
          const kept = await context.store.keep(key, content);
          if (attempts === 1 || (attempts === 2 && key.endsWith('manifest.json')))
            throw new Error('killed');
          return kept;
        },
        async readKept(key: string) {
          const isFile = key.endsWith('.jsonl.gz');
          return attempts === 3 && isFile
            ? Readable.from([gzipSync('{}\n')])
            : context.store.readKept(key);
        },
        async drop(key: string) {
          dropped.push(key);
          await context.store.drop(key);
        },
      };
      return archiveAuditLog.process(payload, { ...context, store: broken });
    }) as typeof archiveAuditLog.process,
  };
  const own = await createJobRig(agency, [failing]);
  own.startWorker();
  expect(await own.ended(await own.add(failing, { owners: [...logOwners] }))).toMatchObject({
    status: 'SUCCEEDED',
    attempt: 4,
  });
  await own.close();
  const archives = (await listArchives(organizationId)).filter((each) => each.month === month);
  expect(archives).toHaveLength(1);
  expect(await listArchives(organizationId)).toHaveLength(before + 1);
  expect(await read(archives[0]?.file_key ?? '')).toHaveLength(10);
  // What the attempts before left is gone.
  for (const key of dropped) await expect(store.readKept(key)).rejects.toThrow('cannot be read');
  expect(dropped.filter((key) => key.endsWith('.jsonl.gz')).length).toBeGreaterThanOrEqual(3);
});

test('a night’s upkeep starts it where there is something old, and drops old sessions', async () => {
  const { organizationId } = agency.tenant;
  await asSuperuser(
    `insert into sessions (organization_id, user_id, expires_at)
     select $1, $2, now() - make_interval(days => days) from unnest(array[89, 91]) days`,
    [organizationId, agency.actor.userId],
  );
  // A stray entry of a month that left: it gets a file of its own.
  const month = await addEntries(organizationId, 50, 1);
  for (const started of [['ORGANIZATION'], null]) {
    const upkeep = await rig.ended(await rig.add(runUpkeep, {}));
    expect(upkeep).toMatchObject({ status: 'SUCCEEDED' });
    const [archiving] = await asSuperuser<{ id: string; payload: { owners: string[] } }>(
      `select id, payload from job_runs where name = 'archive-audit-log' and created_at >= $1`,
      [upkeep.createdAt],
    );
    expect(archiving?.payload.owners ?? null).toEqual(started);
    if (archiving) await rig.ended(archiving.id);
  }
  expect(await asSuperuser('select from sessions where ended_at is null')).toHaveLength(1);
  const archives = (await listArchives(organizationId)).filter((each) => each.month === month);
  expect(archives.map(({ entries }) => entries).toSorted()).toEqual(['1', '10']);
});

test('no application role removes or changes what is younger, or another’s, whatever it says', async () => {
  const { organizationId } = agency.tenant;
  await addEntries(organizationId, 23, 1);
  const other = await addOrganization(agency, {
    email: 'p@x.example',
    password: 'a quite long password',
  });
  const otherMonth = await addEntries(other.organizationId, 60, 1);
  const archive = (month: string, count: number) =>
    agency.database.withTenant(agency.tenant, (em) =>
      em.execute(`select archive_audit_month(false, ?::date, ?, ?, 1, 'x')`, [
        month,
        `k-${month}`,
        count,
      ]),
    );
  const [{ young } = { young: '' }] = await asSuperuser<{ young: string }>(
    `select to_char(now() - interval '24 months', 'YYYY-MM-01') as young`,
  );
  await expect(archive(young, 2)).rejects.toThrow(/too young/);
  // Of its own it has none in that month.
  await expect(archive(`${otherMonth}-01`, 1)).rejects.toThrow(/has 1 entries/);
  for (const url of [agency.urls.serverUrl, agency.urls.workerUrl]) {
    for (const statement of [
      'delete from audit_log',
      `update audit_log set action = 'X'`,
      'truncate audit_log',
      'delete from audit_archives',
      `insert into audit_archives (month, file_key, entries, size_bytes, sha256) values ('2020-01-01', 'x', 1, 1, 'x')`,
    ]) {
      await expect(runAs(url, statement)).rejects.toThrow(/permission denied/);
    }
  }
  await expect(
    runAs(agency.urls.serverUrl, `select archive_audit_month(false, '2020-01-01', 'k', 1, 1, 'x')`),
  ).rejects.toThrow(/permission denied/);
  expect(await countEntries(organizationId)).toBe(3);
});

test('entries of the version before survive, and their organization’s upkeep is scheduled', async () => {
  const { ownerUrl, superuserUrl } = await createEmptyDatabase();
  await migrateTables(ownerUrl, '0014-narrower-functions');
  await runAs(
    superuserUrl,
    `with added as (
       insert into organizations (name, time_zone) values ('Old', 'America/New_York') returning id
     )
     insert into audit_log (organization_id, action, entity_type) select id, 'CREATE', 'Client' from added`,
  );
  await migrate(ownerUrl);
  const [row] = await runAs(
    superuserUrl,
    `select (select count(*)::int from audit_log) as entries, payload, time_zone,
       next_run_at > now() and next_run_at < now() + interval '2 days' as "isSoon",
       extract(hour from next_run_at at time zone time_zone)::int as hour
     from schedules where job_name = 'run-upkeep'`,
  );
  expect(row).toEqual({
    ...{ entries: 1, payload: {}, time_zone: 'America/New_York' },
    ...{ isSoon: true, hour: 3 },
  });
});
