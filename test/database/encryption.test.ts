import { randomBytes, randomUUID } from 'node:crypto';
import { findEncryptedColumns } from '../../src/domain/encryption/encrypted-columns.ts';
import type { FieldCipher } from '../../src/domain/encryption/field-cipher.ts';
import { renewCiphertexts } from '../../src/domain/encryption/renew-ciphertexts.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { removeMembership } from '../../src/domain/identity/remove-membership.ts';
import { createFieldCipher } from '../../src/infra/crypto.ts';
import { renewEncryption } from '../../src/jobs/renew-encryption.job.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { createJobRig } from '../support/in-process-workers.ts';
import { runCli } from '../support/run-cli.ts';
import { runAs, testServices } from '../support/test-services.ts';

const { ENCRYPTION_KEYS, BLIND_INDEX_KEY } = testServices.secrets;
const ring = `next:${randomBytes(32).toString('base64')},${ENCRYPTION_KEYS}`;
const next = createFieldCipher(ring, BLIND_INDEX_KEY);

let agency: Agency;

beforeAll(async () => {
  agency = await createAgency();
});
afterAll(() => agency.close());

/** Every encrypted value that there is, by its column. */
async function readValues(): Promise<{ place: string; value: string }[]> {
  const places = await agency.database.withTenant(agency.tenant, findEncryptedColumns);
  const values = await Promise.all(
    places.map(async ({ table, column }) => {
      const sql = `select ${column} as value from ${table} where ${column} is not null`;
      const rows = await runAs<{ value: string }>(agency.urls.superuserUrl, sql);
      return rows.map(({ value }) => ({ place: `${table}.${column}`, value }));
    }),
  );
  return values.flat();
}

async function addPeople(count: number, cipher: FieldCipher): Promise<void> {
  const values = Array.from(
    { length: count },
    (_, index) => `('${cipher.encrypt(`p${index}@x.example`)}', '${randomUUID()}', 'x')`,
  );
  await runAs(
    agency.urls.superuserUrl,
    `insert into users (email_ciphertext, email_index, password_hash) values ${values}`,
  );
}

test('everything that is encrypted is re-encrypted, of every organization and of nobody', async () => {
  const other = await addOrganization(agency, {
    email: 'other@x.example',
    password: 'seven wooden ducklings',
  });
  // Of people who belong to no organization any more, more than one batch.
  await addPeople(450, agency.cipher);
  const { organizationId } = agency.tenant;
  const person = {
    email: 'left@x.example',
    name: 'Left Behind',
    password: 'seven wooden ducklings',
  };
  await agency.database.withTenant(agency.tenant, async (em) => {
    const user = await createUser(em, agency.cipher, {
      ...person,
      organizationId,
      role: 'ANALYST',
      clientIds: [],
    });
    const [row] = await em.execute<{ id: string }[]>(
      'select id from memberships where user_id = ?',
      [user.id],
    );
    await removeMembership(em, agency.actor, row?.id ?? '');
  });
  const before = await readValues();
  const plain = before.map(({ value }) => next.decrypt(value)).toSorted();
  expect(before.length).toBeGreaterThan(450);

  const rig = await createJobRig({ ...agency, cipher: next }, [
    { ...renewEncryption, backoffMs: 10 },
  ]);
  const ids = await Promise.all(
    [agency.tenant, other].map((tenant) => rig.add(renewEncryption, { keyId: 'next' }, tenant)),
  );
  rig.startWorker();
  const runs = await Promise.all([rig.ended(ids[0] ?? ''), rig.ended(ids[1] ?? '', other)]);
  expect(runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(runs.reduce((sum, { done }) => sum + Number(done), 0)).toBe(before.length);
  const after = await readValues();
  expect(after.filter(({ value }) => !value.startsWith('next.'))).toEqual([]);
  expect(after.map(({ value }) => next.decrypt(value)).toSorted()).toEqual(plain);

  // Once more, nothing is left to do; by a worker that was not told of the key, nothing is done at all.
  const again = await rig.add(renewEncryption, { keyId: 'next' });
  expect(Number((await rig.ended(again)).done)).toBe(0);
  const late = await rig.add({ ...renewEncryption, attempts: 1 }, { keyId: 'newer' });
  expect((await rig.ended(late)).status).toBe('FAILED');
  expect(await readValues()).toEqual(after);
  await rig.close();
});

test('a run that ends in the middle goes on where it was', async () => {
  await addPeople(450, agency.cipher);
  const stop = new AbortController();
  const write = async <T>(fn: Parameters<typeof agency.database.withTenant<T>>[1]) => {
    return agency.database.withTenant(agency.tenant, fn);
  };
  const context = { cipher: next, read: write, write, signal: stop.signal };
  const report = ({ done }: { done: number }) => done >= 200 && stop.abort(new Error('stopped'));
  const payload = { keyId: 'next' };
  await expect(renewEncryption.process(payload, { ...context, report } as never)).rejects.toThrow(
    'stopped',
  );
  const left = (await readValues()).filter(({ value }) => !value.startsWith('next.'));
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThanOrEqual(250);
  const { signal } = new AbortController();
  await renewEncryption.process(payload, { ...context, signal, report: () => undefined } as never);
  expect((await readValues()).filter(({ value }) => !value.startsWith('next.'))).toEqual([]);
});

test('a value that was changed meanwhile stands', async () => {
  const place = ['users', 'id', 'email_ciphertext'];
  const [user] = await runAs<{ id: string; was: string }>(
    agency.urls.superuserUrl,
    'select id, email_ciphertext as was from users limit 1',
  );
  const replace = async (was: string, value: string) => {
    await agency.database.call(
      'renew_ciphertexts',
      ...place,
      `{${user?.id}}`,
      `{${was}}`,
      `{${value}}`,
    );
    const sql = 'select email_ciphertext as now from users where id = $1';
    return (await runAs<{ now: string }>(agency.urls.superuserUrl, sql, [user?.id]))[0]?.now;
  };
  const [was, renewed] = [user?.was ?? '', next.encrypt('renewed@x.example')];
  expect(await replace(agency.cipher.encrypt('read@before.example'), renewed)).toBe(was);
  expect(await replace(was, renewed)).toBe(renewed);
});

test("so does one of an organization's", async () => {
  const aboutId = randomUUID();
  const [was, changed] = [agency.cipher.encrypt('read'), agency.cipher.encrypt('changed')];
  const [mail] = await runAs<{ id: string }>(
    agency.urls.superuserUrl,
    `insert into mails (organization_id, kind, about_id, letter_ciphertext) values ($1, 'X', $2, $3) returning id`,
    [agency.tenant.organizationId, aboutId, was],
  );
  const change = 'update mails set letter_ciphertext = $2 where id = $1';
  const place = { table: 'mails', column: 'letter_ciphertext', key: 'id', isTenants: true };
  await agency.database.withTenant(agency.tenant, async (em) => {
    const execute = em.execute.bind(em);
    em.execute = (async (...asked: Parameters<typeof execute>) => {
      if (String(asked[0]).startsWith('update')) {
        await runAs(agency.urls.superuserUrl, change, [mail?.id, changed]);
      }
      return execute(...asked);
    }) as never;
    await renewCiphertexts(em, next, place, { after: null, most: 100 });
  });
  const removed = 'delete from mails where id = $1 returning letter_ciphertext as value';
  expect(await runAs(agency.urls.superuserUrl, removed, [mail?.id])).toEqual([{ value: changed }]);
});

test('the operator starts it, and sees which keys are in use', async () => {
  const listed = await runCli(agency, ['rotate-keys', '--list'], { ENCRYPTION_KEYS: ring });
  expect(listed.stdout).toMatch(/users\.email_ciphertext\tnext\t\d+/);
  expect(listed.stdout).toContain('encrypts nothing: it may leave the ring.');
  const without = await runCli(agency, ['rotate-keys', '--list']);
  expect(without.status).toBe(1);
  expect(without.output).toContain('ENCRYPTION_KEYS lacks keys that encrypt values: next.');
  const started = await runCli(agency, ['rotate-keys'], { ENCRYPTION_KEYS: ring });
  expect(started.stdout).toContain('2 jobs are enqueued; workers re-encrypt under the key next.');
});

test('whatever is called a ciphertext can be re-encrypted, as every row level policy stands', async () => {
  const places = await agency.database.withTenant(agency.tenant, findEncryptedColumns);
  expect(places.map(({ table, column }) => `${table}.${column}`)).toEqual(
    expect.arrayContaining([
      'users.email_ciphertext',
      'users.name_ciphertext',
      'mails.letter_ciphertext',
    ]),
  );
  // Those of no organization need their grants to the definer of the functions.
  for (const { table, column, key } of places.filter(({ isTenants }) => !isTenants)) {
    await agency.database.call('renew_ciphertexts', table, key, column, '{}', '{}', '{}');
    await agency.database.call('stale_ciphertexts', table, key, column, 'next', null, 1);
  }
});

test.each([
  ['a hash', ['users', 'id', 'password_hash']],
  ['a token', ['refresh_tokens', 'session_id', 'token_hash']],
  ["an organization's value", ['mails', 'id', 'letter_ciphertext']],
])('%s is not laid bare as one that is to be re-encrypted', async (_, place) => {
  const refused = { code: '42501', message: expect.stringContaining('is no encrypted column') };
  const { call } = agency.database;
  await expect(call('stale_ciphertexts', ...place, 'next', null, 1)).rejects.toMatchObject(refused);
  await expect(call('renew_ciphertexts', ...place, '{}', '{}', '{}')).rejects.toMatchObject(
    refused,
  );
});
