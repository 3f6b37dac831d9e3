import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { clientLists, clientTables } from '../../src/domain/data-protection/client-tables.ts';
import { eraseRows, stopWork } from '../../src/domain/data-protection/erase-client.ts';
import { beginErasure, countErased } from '../../src/domain/data-protection/run-erasure.ts';
import { userColumns } from '../../src/domain/data-protection/user-columns.ts';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { eraseSubject } from '../../src/jobs/erase-subject.job.ts';
import { addClient, addFeed, addOrganization } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { type DataProtection, openDataProtection } from '../support/data-protection.ts';
import { password } from '../support/people.ts';

let protection: DataProtection;
let people: DataProtection['people'];
let door: DataProtection['door'];
let rig: DataProtection['rig'];
let owner: DataProtection['owner'];
let asRoot: DataProtection['asRoot'];
let signedIn: DataProtection['signedIn'];
let done: DataProtection['done'];
let loadDay: DataProtection['loadDay'];
let upkeep: DataProtection['upkeep'];

beforeAll(async () => {
  protection = await openDataProtection();
  ({ people, door, rig, owner, asRoot, signedIn, done, loadDay, upkeep } = protection);
});
afterAll(() => protection.close());

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
  const job = await done({ id: row?.job_run_id ?? '' });
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
    expect(letter).toMatchObject({ kind: 'ERASURE_REQUESTED', client: client.name });

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
    const elsewhere = await addOrganization(people.agency, { email: 'third@x.example', password });
    await asRoot(
      `insert into memberships (organization_id, user_id, role)
       values ('${elsewhere.organizationId}', '${member.userId}', 'ANALYST')`,
    );
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
    expect(certified.counts).toMatchObject({ users: 1, memberships: 2, sessions: 1, consents: 1 });
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
    // Where they were asked nothing, it is told that they are gone.
    const told = await asRoot(
      `select action, after from audit_log
       where organization_id = '${elsewhere.organizationId}' and entity_id = '${member.userId}'`,
    );
    expect(told).toEqual([{ action: 'ERASE', after: null }]);
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

  test('redacts nothing of what is no client, whatever an erasure says that it is of', async () => {
    const { organizationId } = people.agency.tenant;
    await asRoot(
      `insert into erasures (organization_id, subject, subject_id, status_before, requested_by, due_at, started_at)
       values ('${organizationId}', 'CLIENT', '${owner.userId}', 'ACTIVE', '${owner.userId}', now(), now())`,
    );
    const redaction = people.agency.database.withTenant(people.agency.tenant, (em) =>
      em.execute('select redact_client(?)', [owner.userId]),
    );
    await expect(redaction).rejects.toThrow(/no client/);
    await asRoot(`delete from erasures where subject_id = '${owner.userId}'`);
  });

  test('is refused to the last owner, also where they become it while it waits', async () => {
    const refused = await askOwnErasure(owner);
    expect(refused).toMatchObject({ code: 'CONFLICT', fields: ['membershipId'] });
    const second = await people.addMember('OWNER');
    const { erasure } = await askOwnErasure(second);
    const [{ id } = { id: '' }] = await asRoot<{ id: string }>(
      `select id from memberships where user_id = '${owner.userId}'`,
    );
    await asRoot(`update memberships set role = 'ADMIN' where id = '${id}'`);
    const jobRun = await rig.add(eraseSubject, {
      erasureId: parseGlobalId(erasure.id)?.id ?? '',
    });
    const job = await done({ id: jobRun });
    expect([job.status, job.errorCode, job.attempt]).toEqual(['FAILED', 'CONFLICT', 1]);
    await asRoot(`update memberships set role = 'OWNER' where id = '${id}'`);
  });
});
