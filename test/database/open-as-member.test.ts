import { randomUUID } from 'node:crypto';
import { DomainError } from '../../src/domain/errors.ts';
import { createDatabase, type Database } from '../../src/infra/database.ts';
import type { SessionMember } from '../../src/infra/open-as-member.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';

let agency: Agency;
let database: Database;
let second: string;
let theirs: string;
let sessionId: string;
const password = 'correct horse battery';
const sent: string[] = [];

beforeAll(async () => {
  agency = await createAgency();
  sessionId = await openSession(agency.tenant.organizationId);
  await addClient(agency, 'Ours');
  ({ id: second } = await addClient(agency, 'Ours too'));
  const tenant = await addOrganization(agency, { email: 'other@other.example', password });
  theirs = tenant.organizationId;
  const actor = await findActor(agency.database, tenant);
  await addClient({ ...agency, tenant, actor }, 'Theirs');
  const onStatement = (sql: string) => sent.push(sql);
  database = await createDatabase({ url: agency.urls.serverUrl, poolSize: 1, onStatement });
});
afterAll(async () => {
  await database.close();
  await agency.close();
});

/** A session of the owner, in an organization that they are a member of or not. */
async function openSession(organizationId: string): Promise<string> {
  const tenant = { organizationId, clientIds: null };
  const [session] = await agency.database.withTenant(tenant, (em) =>
    em.execute<{ id: string }[]>(
      `insert into sessions (organization_id, user_id, expires_at)
       values (?, ?, now() + interval '1 hour') returning id`,
      [organizationId, agency.actor.userId],
    ),
  );
  return String(session?.id);
}

const toRole = (membership: SessionMember | undefined) => {
  if (!membership) throw new DomainError('UNAUTHENTICATED', 'This access has ended.');
  return membership.role;
};

/** Read as a member, before it is known whether they are one. */
async function readAs(id = sessionId) {
  if (!database.beginReadAs) throw new Error('Readings are not opened by members here');
  const { opened, ...reading } = await database.beginReadAs(
    { ...agency.tenant, sessionId: id },
    toRole,
  );
  const names = reading.em
    .execute<{ name: string }[]>('select name from clients order by name')
    .then((rows) => rows.map(({ name }) => name));
  const [role, read] = await Promise.allSettled([opened, names]);
  await reading.end();
  return [role, read];
}

test('a member sees their organization, in the message that finds out who they are', async () => {
  sent.length = 0;
  expect(await readAs()).toMatchObject([{ value: 'OWNER' }, { value: ['Ours', 'Ours too'] }]);
  expect(sent).toHaveLength(3);
  expect(sent[0]).toMatch(/^start transaction .* read only$/);
});

test('who is no member, or of another organization, sees nothing, and every read says so', async () => {
  for (const id of [randomUUID(), await openSession(theirs)]) {
    const refused = { status: 'rejected', reason: { code: 'UNAUTHENTICATED' } };
    expect(await readAs(id)).toMatchObject([refused, refused]);
  }
  // The connection that it was refused on serves others as ever.
  expect(await readAs()).toMatchObject([{ value: 'OWNER' }, { value: ['Ours', 'Ours too'] }]);
});

test("one of a client sees no other's, and nothing once that is disabled", async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update memberships set role = 'CLIENT', client_ids = array[?::uuid]`, [second]),
  );
  expect(await readAs()).toMatchObject([{ value: 'CLIENT' }, { value: ['Ours too'] }]);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update clients set status = 'DISABLED' where id = ?`, [second]),
  );
  expect(await readAs()).toMatchObject([
    { reason: { code: 'UNAUTHENTICATED' } },
    { reason: { code: 'UNAUTHENTICATED' } },
  ]);
});
