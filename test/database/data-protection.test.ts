import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { clientLists, clientTables } from '../../src/domain/data-protection/client-tables.ts';
import { eraseRows, stopWork } from '../../src/domain/data-protection/erase-client.ts';
import { beginErasure, countErased } from '../../src/domain/data-protection/run-erasure.ts';
import { userColumns } from '../../src/domain/data-protection/user-columns.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { eraseSubject } from '../../src/jobs/erase-subject.job.ts';
import { exportClientData } from '../../src/jobs/export-client-data.job.ts';
import { exportUserData } from '../../src/jobs/export-user-data.job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { runUpkeep } from '../../src/jobs/run-upkeep.job.ts';
import { parseGlobalId, toGlobalId } from '../../src/schema/global-id.ts';
import { addClient, addFeed, addOrganization } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { openFileDoor, unzip } from '../support/file-door.ts';
import { createLoader } from '../support/loader.ts';
import { gatherPeople, type People, password } from '../support/people.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { runAs } from '../support/test-services.ts';

const jobs = [ingestFeed, exportClientData, exportUserData, eraseSubject, runUpkeep];
const formula = '=HYPERLINK("http://evil.example")';

let people: People;
let door: Awaited<ReturnType<typeof openFileDoor>>;
let loader: Awaited<ReturnType<typeof createLoader>>;
/** As people sign in, with a session. */
let owner: Viewer;
let acme: Client;

beforeAll(async () => {
  people = await gatherPeople();
  const { agency } = people;
  door = await openFileDoor(agency);
  loader = await createLoader(agency, jobs as unknown as JobDefinition[]);
  owner = await signedIn(agency.owner.email, agency.owner.password);
  acme = await addClient(agency, 'Acme Limited');
  await loadDay(acme);
});
afterAll(async () => {
  await Promise.all([loader.close(), door.close()]);
  await people.close();
});

const asRoot = <Row extends object>(sql: string) =>
  runAs<Row>(people.agency.urls.superuserUrl, sql);

async function signedIn(email: string, secret = password): Promise<Viewer> {
  return (await people.signIn(email, secret)).viewer;
}

/** A day with a creative that a spreadsheet would run, and a row that is no row. */
async function loadDay(client: Client, campaign = client.name) {
  const feed = await addFeed(people.agency, client);
  const rows = [
    surfsideRow({ campaign, creative: formula }),
    surfsideRow({ campaign, clicks: -1 }),
  ];
  await people.agency.bucket.put('report-2026-03-01.csv', surfsideFile('2026-03-01', rows));
  const { slices } = await loader.load(feed, '2026-03-01');
  expect(slices[0]?.status).toBe('APPLIED');
}

/** Have a job done that a mutation put on its way. */
async function done(jobRun: { id: string }) {
  const id = parseGlobalId(jobRun.id)?.id ?? '';
  await loader.rig.send(id);
  return loader.rig.ended(id);
}

async function upkeep() {
  const id = await loader.rig.add(runUpkeep, people.agency.tenant);
  await loader.rig.send(id);
  expect((await loader.rig.ended(id)).errorMessage).toBeNull();
}

async function firstFile(viewer: Viewer): Promise<Answer> {
  const { nodes } = await people.told(
    viewer,
    '{ files { nodes { id kind name sizeBytes sha256 expiresAt } } }',
  );
  return nodes[0];
}

const link = (viewer: Viewer, id: string) =>
  people.byId(viewer, 'createFileLink', id, 'path expiresAt file { name }');

const askErasure = (viewer: Viewer, client: Client) =>
  people.told(
    viewer,
    `mutation ($id: ID!) { requestClientErasure(clientId: $id) {
       erasure { id status dueAt client { name status } } } }`,
    { id: toGlobalId('Client', client.id) },
  );

const askOwnErasure = (viewer: Viewer, membershipId: string | null = null) =>
  people.told(
    viewer,
    `mutation ($id: ID) { requestUserErasure(membershipId: $id) { erasure { id status } } }`,
    { id: membershipId && toGlobalId('Membership', membershipId) },
  );

/** Let the waiting period of an erasure be over, and have it done. */
async function letItHappen(erasureId: string) {
  const id = parseGlobalId(erasureId)?.id ?? '';
  await asRoot(`update erasures set due_at = now() where id = '${id}'`);
  await upkeep();
  const [row] = await asRoot<{ job_run_id: string }>(
    `select job_run_id from erasures where id = '${id}'`,
  );
  const job = await done({ id: toGlobalId('JobRun', row?.job_run_id ?? '') });
  expect([job.errorMessage, job.status]).toEqual([null, 'SUCCEEDED']);
  const [erasure] = await asRoot<Answer>(`select * from erasures where id = '${id}'`);
  return erasure as Answer;
}

/** Tables with rows that hold a text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await asRoot<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace in ('public'::regnamespace, 'staging'::regnamespace, 'operations'::regnamespace)`,
  );
  const looked = tables.map(
    ({ name }) =>
      `select '${name}' as name where exists (select from ${name} t where t::text like '%${text}%')`,
  );
  const found = await asRoot<{ name: string }>(looked.join(' union all '));
  return found.map(({ name }) => name).toSorted();
}

describe('what the database has of clients and people', () => {
  test('every table with rows of clients is erased, before what it refers to', async () => {
    const known = clientTables.map(({ table }) => table);
    const tables = await asRoot<{ name: string }>(
      `select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'client_id' and c.relkind in ('r', 'p') and not c.relispartition
         and c.relnamespace = 'public'::regnamespace`,
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual(
      known.filter((table) => table !== 'clients').toSorted(),
    );
    const references = await asRoot<{ from: string; to: string }>(
      `select conrelid::regclass::text as from, confrelid::regclass::text as to
       from pg_constraint where contype = 'f' and conparentid = 0 and conrelid <> confrelid`,
    );
    const late = references.filter(
      ({ from, to }) =>
        known.includes(from) && known.indexOf(from) > known.indexOf(to) && known.includes(to),
    );
    expect(late).toEqual([]);
    const lists = await asRoot<{ name: string }>(
      `select attrelid::regclass || '.' || attname as name from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       where attname = 'client_ids' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
    );
    expect(lists.map(({ name }) => name).toSorted()).toEqual([...clientLists]);
  });

  test('every column that refers to users is exported and erased, or it is said why not', async () => {
    const columns = await asRoot<{ name: string }>(
      `select conrelid::regclass || '.' || a.attname as name from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where contype = 'f' and confrelid = 'users'::regclass
       union
       select attrelid::regclass || '.' || attname from pg_attribute a join pg_class c on c.oid = a.attrelid
       where attname = 'user_id' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
    );
    const known = userColumns.map(({ table, column }) => `${table}.${column}`);
    expect(['users.id', ...columns.map(({ name }) => name)].toSorted()).toEqual(known.toSorted());
  });

  test('names and emails are in no column in clear', async () => {
    const viewer = await people.addMember('ANALYST');
    await people.invite(owner, { email: 'invited@client.example', role: 'ANALYST' });
    for (const text of [viewer.email, 'invited@client.example', 'owner@agency.example']) {
      expect([text, await tablesWith(text)]).toEqual([text, []]);
    }
  });
});

describe('an export', () => {
  const askExport = (viewer: Viewer, client = acme) =>
    people.told(
      viewer,
      'mutation ($id: ID!) { exportClientData(clientId: $id) { jobRun { id status } } }',
      { id: toGlobalId('Client', client.id) },
    );

  test('of a client has all of its tables, row by row, for who asked', async () => {
    const [{ jobRun }, again] = [await askExport(owner), await askExport(owner)];
    expect(again.jobRun.id).toBe(jobRun.id);
    const job = await done(jobRun);
    expect([job.status, job.stage, job.errorMessage]).toEqual(['SUCCEEDED', 'EXPORT', null]);

    const file = await firstFile(owner);
    expect(file).toMatchObject({ kind: 'CLIENT_EXPORT', name: 'client-data.zip' });
    const letters = await people.lettersTo(people.agency.owner.email.toLowerCase());
    expect(letters.at(-1)?.kind).toBe('FILE_READY');

    const answer = await door.fetch((await link(owner, file.id)).path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const zip = await unzip(answer);
    const manifest = JSON.parse(zip['manifest.json'] ?? '');
    for (const { name, rows } of manifest.tables as { name: string; rows: number }[]) {
      const column = name === 'clients' ? 'id' : 'client_id';
      const [row] = await asRoot<{ rows: number }>(
        `select count(*)::int as rows from ${name} where ${column} = '${acme.id}'`,
      );
      // The export itself came to be while it was made.
      if (name !== 'files' && name !== 'job_runs') expect([name, rows]).toEqual([name, row?.rows]);
      expect(JSON.parse(zip[`${name}.json`] ?? '')).toHaveLength(rows);
    }
    expect(manifest.tables.map(({ name }: Answer) => name)).toEqual(
      clientTables.flatMap(({ table, leftOut }) => (leftOut ? [] : [table])).toReversed(),
    );
    const [fact] = JSON.parse(zip['daily_metrics.json'] ?? '');
    expect(fact).toMatchObject({ date: '2026-03-01', impressions: '1000', spend: '15.000000000' });
    expect(zip['creatives.csv']).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(zip['README.txt']).toMatch(
      /Acme Limited[\s\S]*daily_rollups: it is made of daily_metrics/,
    );
  });

  test('of a user has what there is of them and no secret, and is for who asked alone', async () => {
    const member = await people.addMember('CLIENT');
    const viewer = await signedIn(member.email);
    const { jobRun } = await people.told(viewer, 'mutation { exportUserData { jobRun { id } } }');
    expect((await done(jobRun)).errorMessage).toBeNull();

    const file = await firstFile(viewer);
    const { path } = await link(viewer, file.id);
    const zip = await unzip(await door.fetch(path));
    const [user] = JSON.parse(zip['users.json'] ?? '');
    expect(user).toMatchObject({ id: member.userId, email: member.email });
    expect(JSON.parse(zip['sessions.json'] ?? '')[0].id).toBe(viewer.session?.id);
    expect(Object.values(zip).join('\n')).not.toMatch(/password_hash|argon2|_index|token_hash/);

    expect(await firstFile(owner)).not.toMatchObject({ id: file.id });
    expect(await link(owner, file.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await people.told(owner, `{ node(id: "${file.id}") { id } }`)).toBeNull();
    await asRoot(`update files set expires_at = now() where user_id = '${member.userId}'`);
    expect((await door.fetch(path)).status).toBe(404);
    await upkeep();
    expect(await asRoot(`select from files where user_id = '${member.userId}'`)).toEqual([]);
  });

  test('is refused to analysts, and for the clients and people of others', async () => {
    const analyst = await people.addMember('ANALYST');
    const credentials = { email: 'foreign@x.example', password };
    const foreign = await addOrganization(people.agency, credentials);
    const theirs = await addClient({
      ...people.agency,
      tenant: foreign,
      actor: { ...people.agency.actor, ...foreign },
    });
    const exportOf = (viewer: Viewer, membershipId: string) =>
      people.told(
        viewer,
        'mutation ($id: ID) { exportUserData(membershipId: $id) { jobRun { id } } }',
        { id: toGlobalId('Membership', membershipId) },
      );
    expect(await askExport(analyst)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await askExport(owner, theirs)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await askErasure(owner, theirs)).toMatchObject({ code: 'NOT_FOUND' });
    const other = await people.addMember('ANALYST');
    expect(await exportOf(analyst, other.membershipId)).toMatchObject({ code: 'NOT_FOUND' });
    const admins = [await people.addMember('ADMIN'), await people.addMember('ADMIN')] as const;
    expect(await exportOf(admins[0], admins[1].membershipId)).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the link of a file', () => {
  test('opens that file alone, in parts too, and each download is in the audit log', async () => {
    const file = await firstFile(owner);
    const { path } = await link(owner, file.id);
    const whole = await door.fetch(path);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-disposition': 'attachment; filename=client-data.zip',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-length': String(file.sizeBytes),
    });
    const part = await door.fetch(path, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 10-19/${file.sizeBytes}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const beyond = await door.fetch(path, { headers: { range: `bytes=${file.sizeBytes}-` } });
    expect(beyond.status).toBe(416);
    const changed = { range: 'bytes=0-1', 'if-range': '"another"' };
    expect((await door.fetch(path, { headers: changed })).status).toBe(200);
    const head = await door.fetch(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([
      200,
      String(file.sizeBytes),
    ]);
    expect((await door.fetch(path, { method: 'POST' })).status).toBe(405);

    const id = parseGlobalId(file.id)?.id ?? '';
    const downloads = (await people.actions(id)).filter((action) => action === 'DOWNLOAD');
    // One of the test before, and of this one all that sent bytes, or would have.
    expect(downloads).toHaveLength(5);
    const other = path.replace(id, '00000000-0000-4000-8000-000000000000');
    expect((await door.fetch(other)).status).toBe(401);
    expect(
      (await door.fetch(path.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A')))).status,
    ).toBe(401);
    expect((await door.fetch(`/files/${id}`)).status).toBe(401);
    expect(door.failures).toEqual([]);
  });

  test('opens nothing once the session has ended that asked for it', async () => {
    const viewer = await signedIn(people.agency.owner.email, people.agency.owner.password);
    const { path } = await link(viewer, (await firstFile(viewer)).id);
    expect((await door.fetch(path, { method: 'HEAD' })).status).toBe(200);
    await people.told(viewer, 'mutation { signOut { session { id } } }');
    expect((await door.fetch(path)).status).toBe(401);
  });
});

describe('erasing a client', () => {
  test('waits, with the client disabled, and can be cancelled', async () => {
    const client = await addClient(people.agency, 'Waiting');
    const admin = await people.addMember('ADMIN');
    expect(await askErasure(admin, client)).toMatchObject({ code: 'FORBIDDEN' });
    const { erasure } = await askErasure(owner, client);
    expect(erasure).toMatchObject({ status: 'WAITING', client: { status: 'DISABLED' } });
    const days = (Date.parse(erasure.dueAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect((await askErasure(owner, client)).erasure.id).toBe(erasure.id);
    const enabled = await people.byId(
      owner,
      'enableClient',
      toGlobalId('Client', client.id),
      'client { id }',
    );
    expect(enabled).toMatchObject({ code: 'CONFLICT' });
    const [letter] = (await people.lettersTo(people.agency.owner.email.toLowerCase())).slice(-1);
    expect(letter).toMatchObject({ kind: 'ERASURE_REQUESTED', subject: 'CLIENT' });

    const cancel = (viewer: Viewer) =>
      people.byId(viewer, 'cancelErasure', erasure.id, 'erasure { status client { status } }');
    expect(await cancel(admin)).toMatchObject({ code: 'NOT_FOUND' });
    for (let times = 0; times < 2; times += 1) {
      const cancelled = await cancel(owner);
      expect(cancelled.erasure).toEqual({ status: 'CANCELLED', client: { status: 'ACTIVE' } });
    }
    await upkeep();
    expect(await people.actions(client.id)).toEqual([
      ...['CREATE', 'DISABLED', 'REQUEST_ERASURE', 'CANCEL_ERASURE'],
    ]);
  });

  test('leaves nothing of it but the certificate, and what others have', async () => {
    const { agency } = people;
    const doomed = await addClient(agency, 'Doomed Limited');
    const twin = await addClient(agency, 'Twin Limited');
    // The same bytes for both are archived once.
    await loadDay(doomed, 'Shared');
    await addFeed(agency, twin);
    const bound = await people.addMember('CLIENT');
    await asRoot(
      `update memberships set client_ids = array['${doomed.id}', '${twin.id}']::uuid[]
       where id = '${bound.membershipId}'`,
    );
    await asRoot(
      `insert into source_objects (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified, sha256)
       select o.organization_id, f.client_id, f.id, o.key, o.etag, o.size_bytes, o.last_modified, o.sha256
       from source_objects o, feeds f where o.client_id = '${doomed.id}' and f.client_id = '${twin.id}'`,
    );
    const own = await door.store.archive(Readable.from(['only of the doomed']));
    await asRoot(
      `insert into source_objects (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified, sha256)
       select organization_id, client_id, feed_id, 'own', 'own', 1, now(), '${own.sha256}'
       from source_objects where client_id = '${doomed.id}' limit 1`,
    );
    const [shared] = await asRoot<{ sha256: string }>(
      `select sha256 from source_objects where client_id = '${twin.id}'`,
    );
    const [{ facts } = { facts: 0 }] = await asRoot<{ facts: number }>(
      `select count(*)::int as facts from daily_rollups where client_id = '${doomed.id}'`,
    );

    const { erasure } = await askErasure(owner, doomed);
    // As a worker that was killed leaves it.
    const id = parseGlobalId(erasure.id)?.id ?? '';
    await agency.database.withTenant(agency.tenant, async (em) => {
      await beginErasure(em, id);
      await em.flush();
      expect(await stopWork(em, doomed.id)).toBe(0);
      const erased = await eraseRows(em, 'daily_rollups', doomed.id);
      await countErased(em, id, { daily_rollups: erased });
    });
    const certified = await letItHappen(erasure.id);

    expect(certified.counts).toMatchObject({ daily_rollups: facts, clients: 1, daily_metrics: 1 });
    expect(await tablesWith(doomed.id)).toEqual(['audit_log', 'erasures']);
    expect(await tablesWith('Doomed Limited')).toEqual([]);
    const [entry, ...others] = await asRoot<Answer>(
      `select * from audit_log where entity_id = '${doomed.id}' or after::text like '%${doomed.id}%'`,
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action: 'ERASE', user_id: owner.userId });
    const { certificate, sha256 } = entry?.after ?? {};
    expect(createHash('sha256').update(certificate).digest('hex')).toBe(sha256);
    expect([sha256, JSON.parse(certificate).rows]).toEqual([
      certified.certificate_hash,
      certified.counts,
    ]);

    const [membership] = await asRoot<{ client_ids: string }>(
      `select client_ids::text from memberships where id = '${bound.membershipId}'`,
    );
    expect(membership?.client_ids).toBe(`{${twin.id}}`);
    await expect(door.store.readArchived(own.sha256)).rejects.toThrow();
    await expect(door.store.readArchived(shared?.sha256 ?? '')).resolves.toBeDefined();
    const { nodes } = await people.told(
      owner,
      '{ erasures(first: 1) { nodes { status client { id } certificateHash erased { table rows } } } }',
    );
    expect(nodes[0]).toMatchObject({ status: 'COMPLETED', client: null, certificateHash: sha256 });
  });
});

describe('erasing a person', () => {
  test('takes their account with their last place, and nothing else', async () => {
    const member = await people.addMember('CLIENT');
    const viewer = await signedIn(member.email);
    const consent = await people.told(
      viewer,
      `mutation { setConsent(input: { purpose: ANALYTICS, isGiven: true, noticeVersion: "2026-11-01" }) {
         consents { purpose isGiven noticeVersion } } }`,
    );
    expect(consent.consents[1]).toEqual({
      ...{ purpose: 'ANALYTICS', isGiven: true, noticeVersion: '2026-11-01' },
    });
    const [{ email_index: index } = { email_index: '' }] = await asRoot<{ email_index: string }>(
      `select email_index from users where id = '${member.userId}'`,
    );
    const { erasure } = await askOwnErasure(viewer);
    expect(erasure.status).toBe('WAITING');
    // Until then they come in, and may think better of it.
    await people.byId(viewer, 'cancelErasure', erasure.id, 'erasure { status }');
    const again = (await askOwnErasure(viewer)).erasure;
    const { nodes } = await people.told(viewer, '{ erasures { nodes { id status } } }');
    expect(nodes).toEqual([
      { id: again.id, status: 'WAITING' },
      { id: erasure.id, status: 'CANCELLED' },
    ]);

    const certified = await letItHappen(again.id);
    expect(certified.counts).toMatchObject({ users: 1, memberships: 1, sessions: 1, consents: 1 });
    expect(await tablesWith(index)).toEqual([]);
    for (const { table, column, kept } of userColumns) {
      const rows = await asRoot(`select from ${table} where ${column} = '${member.userId}'`);
      if (!kept) expect([table, column, rows.length]).toEqual([table, column, 0]);
    }
    const traced = await asRoot(
      `select from audit_log where user_id = '${member.userId}' and coalesce(ip::text, user_agent) is not null
         and action <> 'ERASE'`,
    );
    expect(traced).toEqual([]);
    const [left] = await asRoot<Answer>(`select * from users where id = '${member.userId}'`);
    expect(left).toMatchObject({ name_ciphertext: null, password_hash: '' });
    expect(people.agency.cipher.decrypt(left?.email_ciphertext)).toBe('');
    await expect(people.signIn(member.email, password)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    // The email is free again.
    await people.invite(owner, { email: member.email, role: 'ANALYST' });
  });

  test('by an owner takes them out of this organization alone', async () => {
    const member = await people.addMember('ANALYST');
    const elsewhere = await addOrganization(people.agency, { email: 'second@x.example', password });
    await asRoot(
      `insert into memberships (organization_id, user_id, role)
       values ('${elsewhere.organizationId}', '${member.userId}', 'ANALYST')`,
    );
    const admin = await people.addMember('ADMIN');
    expect(await askOwnErasure(admin, member.membershipId)).toMatchObject({ code: 'NOT_FOUND' });
    const { erasure } = await askOwnErasure(owner, member.membershipId);
    expect((await letItHappen(erasure.id)).counts).toEqual({ memberships: 1, mails: 2 });
    expect((await signedIn(member.email)).organizationId).toBe(elsewhere.organizationId);
  });

  test('is refused to the last owner, also where they become it while it waits', async () => {
    expect(await askOwnErasure(owner)).toMatchObject({ code: 'CONFLICT' });
    const second = await people.addMember('OWNER');
    const { erasure } = await askOwnErasure(second);
    const [{ id } = { id: '' }] = await asRoot<{ id: string }>(
      `select id from memberships where user_id = '${owner.userId}'`,
    );
    await asRoot(`update memberships set role = 'ADMIN' where id = '${id}'`);
    const jobRun = await loader.rig.add(eraseSubject, {
      erasureId: parseGlobalId(erasure.id)?.id ?? '',
    });
    const job = await done({ id: toGlobalId('JobRun', jobRun) });
    expect([job.status, job.errorCode, job.attempt]).toEqual(['FAILED', 'CONFLICT', 1]);
    await asRoot(`update memberships set role = 'OWNER' where id = '${id}'`);
  });
});

test('consent is to the notice in force, and what was before is in the audit log', async () => {
  const member = await people.addMember('ANALYST');
  const set = (isGiven: boolean, noticeVersion = '2026-11-01') =>
    people.told(
      member,
      `mutation ($input: SetConsentInput!) { setConsent(input: $input) { consents { isGiven } } }`,
      { input: { purpose: 'PRODUCT_MAILS', isGiven, noticeVersion } },
    );
  expect(await set(true, '1999')).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['noticeVersion'],
  });
  await set(true);
  await set(true);
  expect((await set(false)).consents[0]).toEqual({ isGiven: false });
  expect(await people.actions(member.userId)).toEqual(['GIVE_CONSENT', 'WITHDRAW_CONSENT']);
  const { privacyNoticeVersion, consents } = await people.told(
    member,
    '{ viewer { privacyNoticeVersion consents { purpose isGiven givenAt withdrawnAt } } }',
  );
  expect(privacyNoticeVersion).toBe('2026-11-01');
  expect(consents[0]).toMatchObject({ purpose: 'PRODUCT_MAILS', isGiven: false });
  expect(consents[1]).toMatchObject({ purpose: 'ANALYTICS', isGiven: false, givenAt: null });
});
