import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { clientTables } from '../../src/domain/data-protection/client-tables.ts';
import { parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { addClient, addOrganization } from '../support/agency.ts';
import type { Answer } from '../support/ask.ts';
import { type DataProtection, openDataProtection } from '../support/data-protection.ts';
import { unzip } from '../support/file-door.ts';
import { password } from '../support/people.ts';
import { until } from '../support/until.ts';

let protection: DataProtection;
let people: DataProtection['people'];
let door: DataProtection['door'];
let owner: DataProtection['owner'];
let acme: DataProtection['acme'];
let asRoot: DataProtection['asRoot'];
let signedIn: DataProtection['signedIn'];
let done: DataProtection['done'];
let upkeep: DataProtection['upkeep'];

beforeAll(async () => {
  protection = await openDataProtection();
  ({ people, door, owner, acme, asRoot, signedIn, done, upkeep } = protection);
});
afterAll(() => protection.close());

async function firstFile(viewer: Viewer): Promise<Answer> {
  const { nodes } = await people.told(
    viewer,
    '{ files { nodes { id kind name sizeBytes sha256 expiresAt client { name } } } }',
  );
  return nodes[0];
}

const link = (viewer: Viewer, id: string) =>
  people.byId(viewer, 'createFileLink', id, 'path expiresAt file { name }');

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
    expect(file).toMatchObject({
      kind: 'CLIENT_EXPORT',
      name: 'client-data.zip',
      client: { name: acme.name },
    });
    const letters = await people.lettersTo(people.agency.owner.email.toLowerCase());
    expect(letters.at(-1)).toMatchObject({ kind: 'FILE_READY', client: acme.name });

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
    expect(zip['creatives.csv']).toContain("'@SUM(1+1)");
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
    const [session] = JSON.parse(zip['sessions.json'] ?? '');
    expect(session).toMatchObject({
      id: viewer.session?.id,
      ip: expect.stringMatching(/^[\d.:]+$/),
    });
    expect(Object.values(zip).join('\n')).not.toMatch(/password_hash|argon2|_index|token_hash/);

    expect(await firstFile(owner)).not.toMatchObject({ id: file.id });
    expect(await link(owner, file.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await people.told(owner, `{ node(id: "${file.id}") { id } }`)).toBeNull();
    await asRoot(`update files set expires_at = now() where user_id = '${member.userId}'`);
    expect((await door.fetch(path)).status).toBe(404);
    await asRoot(
      `insert into mails (organization_id, kind, about_id, letter_ciphertext, status, ended_at)
       select '${owner.organizationId}', 'PASSWORD_CHANGED', gen_random_uuid(), 'x', 'FAILED', now() - days * interval '1 day'
       from unnest(array[29, 31]) days`,
    );
    await upkeep();
    expect(await asRoot(`select from files where user_id = '${member.userId}'`)).toEqual([]);
    expect(await asRoot(`select from mails where letter_ciphertext = 'x'`)).toHaveLength(1);
  });

  test('is out of reach for who administered when they asked, and does no more', async () => {
    const admin = await people.addMember('ADMIN');
    const viewer = await signedIn(admin.email);
    const { jobRun } = await askExport(viewer);
    expect((await done(jobRun)).errorMessage).toBeNull();
    const { path } = await link(viewer, (await firstFile(viewer)).id);
    expect((await door.fetch(path, { method: 'HEAD' })).status).toBe(200);
    await asRoot(`update memberships set role = 'ANALYST' where id = '${admin.membershipId}'`);
    expect((await door.fetch(path)).status).toBe(404);
    expect(await firstFile({ ...viewer, role: 'ANALYST' })).toBeUndefined();
  });

  test('of the same is made for somebody ten times a day at most', async () => {
    const member = await people.addMember('CLIENT');
    const viewer = await signedIn(member.email);
    await asRoot(
      `insert into files (organization_id, user_id, requested_by, kind, name, content_type, storage_key, expires_at)
       select '${viewer.organizationId}', '${member.userId}', '${member.userId}', 'USER_EXPORT', 'x', 'x',
         gen_random_uuid(), now() from generate_series(1, 10)`,
    );
    const asked = 'mutation { exportUserData { jobRun { id } } }';
    expect(await people.told(viewer, asked)).toMatchObject({ code: 'RATE_LIMITED' });
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
    await door.security.settled();
    const downloads = (await people.actions(id)).filter((action) => action === 'DOWNLOAD');
    // However often it is asked for within a minute, in whatever parts, a download is an entry, and later their number.
    expect(downloads).toHaveLength(1);
    expect(door.security.counted.get('DOWNLOAD')).toBeGreaterThan(3);
    const other = path.replace(id, '00000000-0000-4000-8000-000000000000');
    expect((await door.fetch(other)).status).toBe(401);
    expect(
      (await door.fetch(path.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A')))).status,
    ).toBe(401);
    expect((await door.fetch(`/files/${id}`)).status).toBe(401);
    expect(door.failures).toEqual([]);
  });

  test('holds nothing open for who takes nothing of it', async () => {
    const file = await firstFile(owner);
    const [row] = await asRoot<{ storage_key: string }>(
      `select storage_key from files where id = '${parseGlobalId(file.id)?.id}'`,
    );
    const size = 32 * 1024 * 1024;
    await door.store.keep(row?.storage_key ?? '', Readable.from([Buffer.alloc(size)]));
    await asRoot(`update files set size_bytes = ${size} where storage_key = '${row?.storage_key}'`);
    const answer = await door.fetch((await link(owner, file.id)).path);
    await until('it is given up', async () => door.underWay() === 0);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  test('opens nothing once the session has ended that asked for it', async () => {
    const viewer = await signedIn(people.agency.owner.email, people.agency.owner.password);
    const { path } = await link(viewer, (await firstFile(viewer)).id);
    expect((await door.fetch(path, { method: 'HEAD' })).status).toBe(200);
    await people.told(viewer, 'mutation { signOut { session { id } } }');
    expect((await door.fetch(path)).status).toBe(401);
  });
});
