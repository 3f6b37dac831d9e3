import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client as PgClient } from 'pg';
import { addDays } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { updateClient } from '../../src/domain/client/update-client.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { metricKeys } from '../../src/domain/metrics/registry.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { type DoorAnswer, openDoors } from '../support/bi-doors.ts';
import { type NamedFact, putFacts } from '../support/facts.ts';
import { until } from '../support/until.ts';

type Doors = Awaited<ReturnType<typeof openDoors>>;

let agency: Agency;
let doors: Doors;
let token: string;
let client: Client;
let feed: Feed;
const rows = 'metrics.csv?metrics=impressions,spend&dimensions=date&from=2026-02-01&to=2026-02-28';

beforeAll(async () => {
  agency = await createAgency();
  client = await addClient(agency);
  feed = await addFeed(agency, client);
  await putFacts(agency, feed, days(1, 3));
  doors = await openDoors(agency);
  token = await doors.createToken();
});
afterAll(async () => {
  await doors?.close();
  await agency.close();
});

/** One row for each day of February from one to another. */
function days(from: number, to: number, impressions = 1000): NamedFact[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ date: `2026-02-${String(from + index).padStart(2, '0')}`, impressions },
    ...{ campaign: 'Brand', strategy: 'Geo', placement: 'Display', creative: '300x250' },
    ...{ clicks: 10, conversions: '1', revenue: '25.5', spend: '15' },
    ...{ media_cost: '5', completed_views: null },
  }));
}

function errorOf({ status, headers, body }: DoorAnswer) {
  expect(headers.get('content-type')).toContain('application/json');
  expect(headers.get('cache-control')).toBe('no-store');
  return { status, ...JSON.parse(body.toString()).error };
}

describe('what is asked wrongly', () => {
  test.each([
    ['', 400, 'BAD_USER_INPUT', ['from', 'to', 'metrics']],
    [
      'metrics=spend&preset=LAST_WEEK&clientid=x&dimension=date',
      400,
      'BAD_USER_INPUT',
      ['clientid', 'dimension'],
    ],
    [
      'metrics=spent&dimensions=day&preset=EVER&grain=YEAR',
      400,
      'BAD_USER_INPUT',
      ['dimensions', 'metrics', 'preset', 'grain'],
    ],
    ['metrics=spend&from=2026-02-30&to=2026-02-01T00:00', 400, 'BAD_USER_INPUT', ['from', 'to']],
    [
      'metrics=spend&from=2026-03-01&to=2026-02-01&first=100001',
      400,
      'BAD_USER_INPUT',
      ['first', 'from', 'to'],
    ],
    ['metrics=spend&from=2016-03-01&to=2026-02-01', 400, 'BAD_USER_INPUT', ['from', 'to']],
    [
      'metrics=spend&preset=LAST_WEEK&from=2026-02-01',
      400,
      'BAD_USER_INPUT',
      ['preset', 'from', 'to'],
    ],
    ['metrics=spend&preset=LAST_WEEK&preset=LAST_WEEK', 400, 'BAD_USER_INPUT', ['preset']],
    [
      'metrics=spend&preset=LAST_WEEK&clientId=&campaignId=abc',
      400,
      'BAD_USER_INPUT',
      ['clientId', 'campaignId'],
    ],
    ['metrics=spend&preset=LAST_WEEK&label=%00', 400, 'BAD_USER_INPUT', ['filters']],
    ['metrics=spend&preset=LAST_WEEK&orderBy=-date', 400, 'BAD_USER_INPUT', ['orderBy']],
    ['metrics=spend&preset=LAST_WEEK&after=WyJ4Il0', 400, 'BAD_USER_INPUT', ['after']],
  ])('%s', async (query, status, code, fields) => {
    for (const format of ['csv', 'json', 'parquet']) {
      const answer = errorOf(await doors.get(`metrics.${format}?${query}`, token));
      expect(answer).toMatchObject({ status, code, fields });
    }
  });

  test('a foreign id of another kind is said by its name; one that is not there matches nothing', async () => {
    const feedId = toGlobalId('Feed', feed.id);
    expect(errorOf(await doors.get(`${rows}&clientId=${feedId}`, token))).toMatchObject({
      message: `"${feedId}" is no id of the type Client.`,
    });
    const missing = toGlobalId('Client', feed.id);
    const { body } = await doors.get(`${rows}&clientId=${missing}`, token);
    expect(body.toString()).toBe('date,currency,impressions,spend\n');
  });

  test('another address, another method', async () => {
    expect(errorOf(await doors.get('metrics.xlsx', token))).toMatchObject({ status: 404 });
    const posted = await doors.get(rows, token, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('who may', () => {
  test('nobody without a token', async () => {
    for (const path of [rows, 'schema']) {
      const answer = await doors.get(path, null);
      expect(errorOf(answer)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('a token in the address, where it allows that; the next page does not repeat it', async () => {
    expect(errorOf(await doors.get(`${rows}&token=${token}`, null))).toMatchObject({ status: 401 });
    const open = await doors.createToken({ allowsQueryString: true });
    const path = `metrics.json?preset=LAST_YEAR&token=${open}`;
    expect((await doors.get(`${rows}&token=${open}`, null)).status).toBe(200);
    const paged = `${rows.replace('csv', 'json')}&first=1&token=${open}`;
    const link = (await doors.get(paged, null)).headers.get('link');
    expect(link).toContain('rel="next"');
    expect(link).not.toContain(open);
    expect(errorOf(await doors.get(path, null))).toMatchObject({ status: 400 });
  });

  test('clients see no internal metric; those of others are not there', async () => {
    const other = await addClient(agency, 'Other');
    const limited = await doors.createToken({ clientIds: [other.id] });
    const cost = rows.replace('spend', 'mediaCost');
    expect(errorOf(await doors.get(cost, limited))).toMatchObject({
      ...{ status: 403, code: 'FORBIDDEN' },
      message: 'The metric mediaCost is not for your role.',
    });
    expect((await doors.get(cost, token)).body.toString()).toContain('2026-02-01,USD,1000,5\n');
    expect((await doors.get(rows, limited)).body.toString()).toBe(
      'date,currency,impressions,spend\n',
    );
    const schema = JSON.parse((await doors.get('schema', limited)).body.toString());
    expect(JSON.stringify(schema)).not.toContain('mediaCost');
  });

  test('what there is to ask for', async () => {
    const { status, body } = await doors.get('schema', token);
    const { dimensions, metrics, parameters } = JSON.parse(body.toString());
    expect(status).toBe(200);
    expect(metrics.map(({ key }: { key: string }) => key)).toEqual(metricKeys);
    expect(metrics[0]).toEqual({
      ...{ key: 'impressions', label: 'Impressions', type: 'INTEGER', unit: 'COUNT' },
      ...{ additive: true, description: 'Times that an ad was shown.' },
    });
    expect(dimensions.find(({ key }: { key: string }) => key === 'client').columns).toEqual([
      { key: 'clientId', label: 'Client id', type: 'ID' },
      { key: 'client', label: 'Client', type: 'TEXT' },
    ]);
    expect(parameters).toContainEqual({ key: 'to', description: 'The last day; it counts.' });
  });
});

describe('what has not changed', () => {
  const tagOf = async (path: string, by = token) => {
    const { status, headers } = await doors.get(path, by, { method: 'HEAD' });
    expect(status).toBe(200);
    return String(headers.get('etag'));
  };
  const ask = (path: string, etag: string) =>
    doors.get(path, token, { headers: { 'if-none-match': etag } });

  test('is not asked for again', async () => {
    const path = rows.replace('csv', 'json');
    const first = await doors.get(path, token);
    const etag = String(first.headers.get('etag'));
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    doors.statements.length = 0;
    const again = await ask(path, etag);
    expect([again.status, again.body.length, again.headers.get('etag')]).toEqual([304, 0, etag]);
    expect(doors.statements.filter((sql) => sql.includes('daily_'))).toEqual([]);
    expect(await tagOf(path)).toBe(etag);
  });

  test.each(['csv', 'json', 'parquet'])('as %s is told from what has', async (format) => {
    const path = rows.replace('csv', format);
    const before = await tagOf(path);
    await putFacts(agency, feed, days(1, 3, 2000));
    const restated = await tagOf(path);
    expect(restated).not.toBe(before);
    expect((await ask(path, before)).status).toBe(200);
    await agency.database.withTenant(agency.tenant, (em) =>
      updateClient(em, agency.actor, client.id, { name: `Acme ${format}` }),
    );
    expect(await tagOf(path)).not.toBe(restated);
  });

  test('is another answer for another question, format or viewer', async () => {
    const limited = await doors.createToken({ clientIds: [client.id] });
    const tags = [
      await tagOf(rows),
      await tagOf(rows.replace('csv', 'json')),
      await tagOf(`${rows}&first=2`),
      await tagOf(`${rows}&orderBy=-spend`),
      await tagOf(`${rows}&bom=true`),
      await tagOf(rows, limited),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });

  test('feeds that are added, and days before the range that make it incomplete, are told', async () => {
    const later = rows.replace('02-01', '02-02');
    const whole = later.replace('02-28', '02-03').replace('csv', 'json');
    const before = await tagOf(whole);
    const more = await addFeed(agency, client, { name: 'More', keyPattern: 'more-{date}.csv' });
    expect(await tagOf(whole)).toBe(before);
    await putFacts(
      agency,
      more,
      days(1, 1).map((fact) => ({ ...fact, creative: 'More' })),
    );
    const incomplete = await tagOf(whole);
    expect(incomplete).not.toBe(before);
    expect(JSON.parse((await doors.get(whole, token)).body.toString()).complete).toBe(false);
  });
});

describe('what is under way', () => {
  /** One who looks, and one who locks: within a transaction what others do is seen as it was. */
  let [observer, locker] = [] as unknown as [PgClient, PgClient];

  beforeAll(async () => {
    const connectionString = agency.urls.superuserUrl;
    [observer, locker] = [new PgClient({ connectionString }), new PgClient({ connectionString })];
    await Promise.all([observer.connect(), locker.connect()]);
  });
  afterAll(() => Promise.all([observer.end(), locker.end()]));

  /** What the server's connections do at the moment. */
  const activity = async () =>
    (
      await observer.query<{ state: string; wait: string }>(
        `select state, wait_event as wait from pg_stat_activity
         where usename = 'mediagraph_server' and datname = current_database() and state <> 'idle'`,
      )
    ).rows;
  const idle = () =>
    until('nothing is asked any more', async () => (await activity()).length === 0);

  /** An answer of which only the head is read. */
  async function begin(at: Doors, path: string): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${token}` };
    const [response] = await once(httpGet(`${at.url}/${path}`, { headers }), 'response');
    return response;
  }

  /** While nothing can be read of the facts. */
  async function whileLocked<T>(fn: () => Promise<T>): Promise<T> {
    await locker.query('begin; lock table daily_rollups, daily_metrics');
    return fn().finally(() => locker.query('rollback'));
  }

  test('what takes too long is told so, and not gone on with', async () => {
    const impatient = await openDoors(agency, { firstRowsMs: 200 });
    for (const format of ['csv', 'json', 'parquet']) {
      const path = rows.replace('csv', format);
      const answer = await whileLocked(() => impatient.get(path, token));
      expect(errorOf(answer)).toMatchObject({ status: 504, code: 'UPSTREAM_FAILED' });
    }
    expect(impatient.failures).toEqual([]);
    await idle();
    await impatient.close();
  });

  test('whoever hangs up is not worked for', async () => {
    await whileLocked(async () => {
      const request = httpGet(`${doors.url}/${rows}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      request.on('error', () => undefined);
      await until('it waits for the facts', async () =>
        (await activity()).some(({ wait }) => wait === 'relation'),
      );
      request.destroy();
      await idle();
    });
    await until('the connection is free', async () => doors.poolState().inUse === 0);
    expect(doors.failures).toEqual([]);
  });

  describe('and larger than what buffers hold', () => {
    const [dayCount, creatives] = [50, 1_000];
    /** Some 50 MB: more than the kernel keeps of two connections. */
    const large =
      'metrics.csv?metrics=impressions&from=2025-01-01&to=2025-12-31&dimensions=date,campaign,strategy,placement,creative';

    beforeAll(async () => {
      const other = await addFeed(agency, client, {
        name: 'Large',
        keyPattern: 'large-{date}.csv',
      });
      const [fact] = days(1, 1) as [NamedFact];
      const facts = Array.from({ length: dayCount * creatives }, (_, index) => ({
        ...{ ...fact, campaign: 'Large', creative: `Creative ${index % creatives}` },
        date: addDays('2025-01-01', Math.floor(index / creatives)),
      }));
      await putFacts(agency, other, facts);
      await agency.database.withTenant(agency.tenant, async (em) => {
        for (const table of ['campaigns', 'strategies', 'placements']) {
          await em.execute(`update ${table} set name = rpad(name, 250, ' and so on')`);
        }
      });
    });

    test('comes whole, packed where that is asked for', async () => {
      const whole = large.replace(/dimensions=.*/, 'dimensions=date,creative');
      const plain = await doors.get(whole, token, { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(plain.body.toString().trimEnd().split('\n')).toHaveLength(dayCount * creatives + 1);
      const packed = await doors.get(whole, token, { headers: { 'accept-encoding': 'gzip' } });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(packed.body.equals(plain.body)).toBe(true);
    });

    test.each([
      ['csv', 'ClientWrite'],
      ['json', 'ClientRead'],
    ])(
      '%s is kept back by PostgreSQL, not by us, as long as its reader takes nothing',
      async (format, event) => {
        const path = `${large.replace('csv', format)}&first=100000`;
        const response = await begin(doors, path);
        expect(response.statusCode).toBe(200);
        await until('it is held up', async () =>
          (await activity()).some(({ wait }) => wait === event),
        );
        response.destroy();
        await idle();
      },
    );

    test('is given up when its reader takes nothing for too long', async () => {
      const brief = await openDoors(agency, { stallMs: 300 });
      const response = await begin(brief, large);
      await idle();
      // What was on its way is still read; then the transfer is seen to be broken.
      await expect(text(response)).rejects.toThrow('aborted');
      await brief.close();
    });

    test('breaks off where the database does', async () => {
      const response = await begin(doors, large);
      await until('it is held up', async () =>
        (await activity()).some(({ wait }) => wait === 'ClientWrite'),
      );
      await observer.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where usename = 'mediagraph_server' and datname = current_database() and state = 'active'`);
      await expect(text(response)).rejects.toThrow('aborted');
      await until('it is noticed', async () => doors.failures.length === 1);
      expect((await doors.get(rows, token)).status).toBe(200);
    });

    test('takes turns: of one caller so many at once', async () => {
      const strict = await openDoors(agency, { perCaller: 1, turnMs: 100 });
      const first = await begin(strict, large);
      const refused = await strict.get(rows, token);
      expect(errorOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await strict.get(rows, await strict.createToken())).status).toBe(200);
      first.destroy();
      await until('it is its turn', async () => (await strict.get(rows, token)).status === 200);
      await strict.close();
    });
  });
});
