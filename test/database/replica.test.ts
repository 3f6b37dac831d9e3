import type { EntityManager } from '@mikro-orm/postgresql';
import { RoleError } from '../../src/infra/database.ts';
import { connectReplica } from '../../src/infra/replica.ts';
import { type Agency, createAgency } from '../support/agency.ts';

let agency: Agency;
const stops: (() => unknown)[] = [];
beforeAll(async () => {
  agency = await createAgency();
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await agency.close();
});

/** The agency's database as the worker; a replica of it as the server: the role tells which one answers. */
async function connect(url: string) {
  const warnings: string[] = [];
  const log = {
    warn: (_: unknown, message: string) => warnings.push(message),
    info: () => undefined,
  };
  const database = await connectReplica(
    agency.database,
    { url, poolSize: 2 },
    { log: log as never, onStop: (stop) => stops.push(stop) },
  );
  const roleOf = async (em: EntityManager) => {
    const [row] = await em.execute<{ role: string }[]>('select current_user as role');
    return row?.role;
  };
  return {
    warnings,
    async readRole(mayLag: boolean) {
      const { em, end } = await database.beginRead(agency.tenant, mayLag);
      return roleOf(em).finally(end);
    },
    writeRole: () => database.withTenant(agency.tenant, roleOf),
  };
}

test('what may lag is read from the replica, all else from the primary', async () => {
  const { readRole, writeRole, warnings } = await connect(agency.urls.serverUrl);
  expect(await readRole(true)).toBe('mediagraph_server');
  expect(await readRole(false)).toBe('mediagraph_worker');
  expect(await writeRole()).toBe('mediagraph_worker');
  expect(warnings).toEqual([]);
});

test('while the replica does not answer, the primary does, with one warning', async () => {
  const { readRole, warnings } = await connect('postgresql://nobody:x@127.0.0.1:9/none');
  for (let time = 0; time < 3; time++) expect(await readRole(true)).toBe('mediagraph_worker');
  expect(warnings).toEqual(['the read replica does not answer; the primary does']);
});

test('a replica that row-level security would not bind us on is refused', async () => {
  const connecting = connect(agency.urls.ownerUrl);
  await expect(connecting).rejects.toThrow(RoleError);
  await expect(connecting).rejects.toThrow('DATABASE_REPLICA_URL connects as "mediagraph_owner"');
});
