import { randomUUID } from 'node:crypto';
import { openDemoBucket } from '../../demo/bucket.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { serviceTokenScopes } from '../../src/domain/service-token/service-token.entity.ts';
import { createDatabase, type Database } from '../../src/infra/database.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { openDoors } from '../support/bi-doors.ts';
import { contentOf, rowsOf } from '../support/content-of.ts';
import { furnish } from '../support/furnish.ts';
import { createGraph } from '../support/graph.ts';
import { createIdWalk, globalId, withoutId } from '../support/walk-ids.ts';

/** Whoever is limited to some clients sees these all the same. */
const ofOrganization = ['Organization', 'Membership', 'Invitation', 'ServiceToken', 'Session'];

let agency: Agency;
let neighbour: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let walk: ReturnType<typeof createIdWalk>['walk'];
let places: string[];
let types: string[];

beforeAll(async () => {
  agency = await createAgency();
  const credentials = { email: 'owner@other.example', password: 'another long password' };
  const tenant = await addOrganization(agency, credentials);
  const actor = await findActor(agency.database, tenant);
  const bucket = await openDemoBucket(agency.s3, `files-${randomUUID()}`);
  neighbour = { ...agency, tenant, actor, owner: credentials, bucket };
  graph = await createGraph(agency);
  ({ types, places, walk } = createIdWalk(graph));
  await furnish(agency);
  await furnish(neighbour);
});
afterAll(async () => {
  await graph.close();
  neighbour.bucket.close();
  await agency.close();
});

test('an id of another organization is answered as one that is not there, wherever an id can be given', async () => {
  const before = await contentOf(agency);
  const [own, foreign] = [await rowsOf(neighbour, types), await rowsOf(agency, types)];
  expect(await walk(neighbour.actor, own, foreign)).toEqual({ told: [], unreached: [] });
  expect(await contentOf(agency)).toEqual(before);
});

test('so is an id of another client, by who is limited to some', async () => {
  const other = await addClient(agency, 'Other');
  const viewer = {
    ...{ ...agency.actor, role: 'ADMIN' as const, clientIds: [other.id], userId: null },
    serviceToken: {
      ...{ id: randomUUID(), name: 'Limited', scopes: [...serviceTokenScopes] },
      ...{ allowsQueryString: false, expiresAt: new Date('2100-01-01') },
    },
  };
  const rows = [...(await rowsOf(agency, types))];
  const foreign = new Map(rows.filter(([type]) => !ofOrganization.includes(type)));
  const { told } = await walk(viewer, new Map([['Client', other.id]]), foreign);
  expect(told).toEqual([]);
});

describe('where the application would forget whose rows it wants', () => {
  /** Run a statement as the neighbour. @returns how many rows it found or changed, or why it may not. */
  const tried = (database: Database, sql: string, value: unknown) =>
    database
      .withTenant(neighbour.tenant, (em) => em.execute<object[]>(sql, [value]))
      .then(
        (rows) => String(rows.length),
        (error: Error) => /row-level security|permission denied/.exec(error.message)?.[0] ?? error,
      );
  const refused = expect.stringMatching(/row-level security|permission denied/);
  const none = expect.stringMatching(/^0$|permission denied/);
  const nothing = { inserted: refused, given: refused, found: none, deleted: none };

  test.each(['server', 'worker'] as const)(
    'the %s finds and changes its own alone',
    async (role) => {
      const database = await createDatabase({ url: agency.urls[`${role}Url`], poolSize: 1 });
      const them = agency.tenant.organizationId;
      for (const [table, [row]] of await contentOf(agency)) {
        const columns = Object.keys(row ?? {});
        const values = `select ${columns} from jsonb_populate_record(null::${table}, ?::jsonb)`;
        const answers = {
          table,
          inserted: await tried(
            database,
            `insert into ${table} (${columns}) overriding system value ${values} returning 1`,
            JSON.stringify(row),
          ),
          given: await tried(database, `update ${table} set organization_id = ? returning 1`, them),
          found: await tried(database, `select from ${table} where organization_id = ?`, them),
          deleted: await tried(
            database,
            `delete from ${table} where organization_id = ? returning 1`,
            them,
          ),
        };
        expect(answers).toEqual({ table, ...nothing });
      }
      await database.close();
    },
  );
});

test('doors for BI answer what is foreign as what is not there', async () => {
  const doors = await openDoors(neighbour);
  const token = await doors.createToken();
  const question = 'metrics=impressions&from=2026-01-01&to=2026-01-31';
  const foreign = await rowsOf(agency, types);
  for (const type of ['Client', 'Feed', 'Campaign', 'Strategy', 'Placement', 'Creative']) {
    for (const format of ['csv', 'json', 'parquet']) {
      const at = async (id: string) => {
        const path = `metrics.${format}?${question}&${type.toLowerCase()}Id=${id}`;
        const { status, body } = await doors.get(path, token);
        return { path: format + type, status, said: withoutId(body.toString('latin1'), id) };
      };
      expect(await at(globalId(foreign, type))).toEqual(await at(toGlobalId(type, randomUUID())));
    }
  }
  await doors.close();
});

test('to its own organization each of these ids says something else than one that is not there', async () => {
  const own = await rowsOf(agency, types);
  const { told } = await walk(agency.actor, own, own);
  const silent = places.filter((name) => !told.some((each) => each.startsWith(`${name} of`)));
  expect(silent).toEqual([]);
});
