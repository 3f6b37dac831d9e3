import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createDatabase, type Database } from '../../src/infra/database.ts';
import { giveOrganizationsTurns } from '../../src/infra/give-organizations-turns.ts';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { until } from '../support/until.ts';

const poolSize = 4;
let agency: Agency;
let pool: Database;
/** Holds a lock that heavy questions wait for. */
let gate: Client;

beforeAll(async () => {
  agency = await createAgency();
  pool = await createDatabase({ url: agency.urls.serverUrl, poolSize });
  gate = new Client({ connectionString: agency.urls.superuserUrl });
  await gate.connect();
});
afterAll(async () => {
  await gate.end();
  await pool.close();
  await agency.close();
});

test('one organization’s heavy questions leave the others a connection', async () => {
  const other = await addOrganization(agency, { email: 'b@b.example', password: 'correct horse' });
  const database = giveOrganizationsTurns(pool, { poolSize, turnMs: 60_000 });
  await gate.query('select pg_advisory_lock(1)');
  const { organizationId } = agency.tenant;
  const session = { sessionId: randomUUID(), organizationId };
  const heavy = Array.from({ length: 10 }, async (_, each) => {
    const reading = await (each % 2
      ? database.beginRead(agency.tenant)
      : database.beginReadAs?.(session, () => undefined));
    if (!reading) throw new Error('There is no other way to read');
    await reading.em.execute('select pg_advisory_xact_lock_shared(1)');
    await reading.end();
  });
  await until('as many as may', async () => pool.poolState().inUse === 2);
  const answer = await database.withTenant(other, (em) => em.execute('select 1 as one'));
  expect(answer).toEqual([{ one: 1 }]);
  // Nor do those who hold one wait for each other.
  await expect(
    database.withTenant(agency.tenant, (em) => em.execute('select 1 as one')),
  ).resolves.toEqual(answer);
  // Who asks is found out on a connection that no question may have.
  await expect(pool.call('find_memberships', agency.actor.userId)).resolves.toHaveLength(1);
  await gate.query('select pg_advisory_unlock(1)');
  await Promise.all(heavy);
});

test('a turn that does not come is told; whatever ends, its place is given on', async () => {
  const database = giveOrganizationsTurns(pool, { poolSize: 1, turnMs: 50 });
  const reading = await database.beginRead(agency.tenant);
  await expect(database.beginRead(agency.tenant)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    retryAfter: 5,
  });
  reading.abandon();
  await reading.end().catch(() => undefined);
  const failing = database.withTenant(agency.tenant, (em) => em.execute('select nothing'));
  await expect(failing).rejects.toThrow();
  const next = await database.beginRead(agency.tenant);
  await next.end();
});
