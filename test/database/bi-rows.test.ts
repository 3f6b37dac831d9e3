import fc from 'fast-check';
import Papa from 'papaparse';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { toBillionths, toDecimal } from '../../src/domain/exact.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { globalIdSql, parseGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { buildQuery } from '../../src/domain/metric-rows/build-query.ts';
import { dimensionKeys } from '../../src/domain/metric-rows/dimensions.ts';
import {
  type AdditiveKey,
  additiveMetrics,
  isRatio,
  type MetricKey,
  metricKeys,
  metrics,
} from '../../src/domain/metrics/registry.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { openDoors } from '../support/bi-doors.ts';
import { type NamedFact, putFacts } from '../support/facts.ts';
import { readParquet } from '../support/read-parquet.ts';

type Row = Record<string, string | null>;

/** Names that a spreadsheet would run, or that end a text where it is written carelessly. */
const hostileNames = [
  '=HYPERLINK("http://evil")',
  '+1',
  '-1',
  '@SUM(A1)',
  '"quoted", and comma',
  "O'Brien \\' ? ?? $1 :x",
  'two\nlines',
  '\\.',
  '\u{1f600} \u2028',
];
const days = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'];
const range = 'from=2026-02-01&to=2026-03-31';

let agency: Agency;
let doors: Awaited<ReturnType<typeof openDoors>>;
let token: string;
let clients: Client[];
let feeds: Feed[];

const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((units) => {
  const digits = String(units).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
});
const count = fc.integer({ min: 0, max: 1e12 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const oneOfFew = (name: string) => fc.constantFrom(`${name} 1`, `${name} 2`, ...hostileNames);
const fact: fc.Arbitrary<NamedFact> = fc.record({
  ...{ date: fc.constantFrom(...days), campaign: oneOfFew('Campaign') },
  ...{ strategy: oneOfFew('Strategy'), placement: oneOfFew('Placement') },
  ...{ creative: oneOfFew('Creative'), impressions: count, clicks: maybe(count) },
  ...{ conversions: maybe(amount), revenue: maybe(amount), spend: amount },
  ...{ media_cost: maybe(amount), completed_views: maybe(count) },
});
const place = ({ date, campaign, strategy, placement, creative }: NamedFact) =>
  JSON.stringify([date, campaign, strategy, placement, creative]);
const facts = (seed: number) =>
  fc.sample(fc.uniqueArray(fact, { selector: place, minLength: 60, maxLength: 60 }), {
    numRuns: 1,
    seed,
  })[0] ?? [];

beforeAll(async () => {
  agency = await createAgency();
  clients = [await addClient(agency, 'Acme'), await addClient(agency, '=Bravo')];
  feeds = [];
  for (const [index, client] of clients.entries()) {
    const feed = await addFeed(agency, client, { keyPattern: `${index}-{date}.csv` });
    feeds.push(feed);
    await putFacts(agency, feed, facts(index));
  }
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update clients set currency = 'EUR' where name = 'Acme'`),
  );
  doors = await openDoors(agency);
  token = await doors.createToken();
});
afterAll(async () => {
  await doors?.close();
  await agency.close();
});

async function get(path: string): Promise<Buffer> {
  const { status, body } = await doors.get(path, token);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

/** The rows of a CSV as they were before it was made fit for spreadsheets. */
function parseCsv(csv: Buffer): Row[] {
  const { data, errors } = Papa.parse<Row>(csv.toString(), {
    header: true,
    skipEmptyLines: true,
    newline: '\n',
  });
  expect(errors).toEqual([]);
  const original = (cell: string | null) => cell?.replace(/^'(?=[=+\-@\t\r])/, '') || null;
  return data.map((row) => mapCells(row, original));
}

function mapCells(row: Row, change: (cell: string | null) => string | null): Row {
  return Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, change(cell)]));
}

function parseJson(json: Buffer) {
  const keepDigits = (_: string, value: unknown, { source }: { source: string }) =>
    typeof value === 'number' ? source : value;
  return JSON.parse(json.toString(), keepDigits as never) as {
    rows: Row[];
    totals: Row[];
    pageInfo: { endCursor: string | null };
  };
}

const someDimensions = fc.shuffledSubarray(dimensionKeys.filter((key) => key !== 'label'));
const someMetrics = fc.shuffledSubarray(metricKeys, { minLength: 1 });
const addressOf = (dimensions: string[], metrics: string[]) =>
  `metrics=${metrics}&${range}${dimensions.length > 0 ? `&dimensions=${dimensions}` : ''}`;

test('every format has the same rows, and they add up to the facts, to the last decimal', async () => {
  await fc.assert(
    fc.asyncProperty(someDimensions, someMetrics, async (dimensions, metrics) => {
      const address = addressOf(dimensions, metrics);
      const rows = parseCsv(await get(`metrics.csv?${address}`));
      const document = parseJson(await get(`metrics.json?${address}`));
      expect(document.rows).toEqual(rows);
      const typed = await readParquet(await get(`metrics.parquet?${address}`));
      expect(typed.map(roundFloats)).toEqual(rows.map(roundFloats));

      const sums = metrics.filter((key): key is AdditiveKey => key in additiveMetrics);
      const expected = await sumFacts(sums, 'currency' in (rows[0] ?? {}));
      expect(document.totals).toMatchObject(expected);
      expect(addUp(rows, sums)).toEqual(expected);
    }),
    { numRuns: 15, seed: 1 },
  );
});

/** The same sums straight from the facts. */
async function sumFacts(keys: AdditiveKey[], byCurrency: boolean): Promise<Row[]> {
  const sums = keys.map((key) => {
    const { column, minus } = additiveMetrics[key];
    return `trim_scale(sum(f.${column}${minus ? ` - f.${minus}` : ''}))::text as "${key}"`;
  });
  const columns = [...(byCurrency ? ['c.currency'] : []), ...sums, 'count(*) as rows'];
  const rows = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<Row[]>(
      `select ${columns.join(', ')} from daily_metrics f join clients c on c.id = f.client_id
       ${byCurrency ? 'group by 1 order by 1' : ''}`,
    ),
  );
  return rows.map(({ rows: _, ...row }) => row);
}

/** The rows' sums, by currency where they have one. */
function addUp(rows: Row[], keys: AdditiveKey[]): Row[] {
  const groups = [...Map.groupBy(rows, ({ currency }) => currency)];
  return groups
    .sort(([one], [other]) => String(one).localeCompare(String(other)))
    .map(([currency, group]) => ({
      ...(currency && { currency }),
      ...Object.fromEntries(keys.map((key) => [key, addExactly(group, key)])),
    }));
}

function addExactly(rows: Row[], key: string): string | null {
  const cells = rows.flatMap((row) => row[key] ?? []);
  const sum = cells.reduce((total, cell) => total + toBillionths(cell), 0n);
  return cells.length > 0 ? toDecimal(sum) : null;
}

/** Ratios as the floating-point numbers that Parquet has. */
function roundFloats(row: Row): object {
  const isFloat = (key: string) =>
    isRatio(key as MetricKey) && metrics[key as MetricKey].type === 'FLOAT';
  return Object.fromEntries(
    Object.entries(row).map(([key, cell]) => [key, cell && isFloat(key) ? Number(cell) : cell]),
  );
}

test('pages of any size, in any order, are together all rows once', async () => {
  const columns = [
    'date',
    'campaign',
    'creativeId',
    'currency',
    'clicks',
    'mediaCost',
    'cpc',
    'roas',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10, max: 60 }),
      fc.constantFrom(...columns),
      fc.constantFrom('', '-'),
      async (first, column, direction) => {
        const address = `${addressOf(['date', 'campaign', 'creative'], ['clicks', 'mediaCost', 'cpc', 'roas'])}&orderBy=${direction}${column}`;
        const all = parseCsv(await get(`metrics.csv?${address}`));
        const paged: Row[] = [];
        let next: string | undefined = `metrics.json?${address}&first=${first}`;
        while (next) {
          const { status, headers, body } = await doors.get(next, token);
          expect(status).toBe(200);
          const page = parseJson(body);
          paged.push(...page.rows);
          next = /^<\/bi\/v1\/(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
          expect(page.pageInfo.endCursor !== null).toBe(next !== undefined);
        }
        expect(paged).toEqual(all);
        const values = all.map((row) => ownValue(row[column] ?? null));
        expect(values).toEqual([...values].sort(compareCells(direction === '-' ? -1 : 1)));
      },
    ),
    { numRuns: 8, seed: 2 },
  );
});

/** What rows are ordered by: of ids, what they stand for. */
function ownValue(cell: string | null): string | null {
  return cell && (parseGlobalId(cell)?.id ?? cell);
}

/** What is undefined is last, whichever way. */
function compareCells(direction: 1 | -1) {
  const isNumber = (cell: string) => /^-?[\d.]+$/.test(cell);
  return (one: string | null, other: string | null): number => {
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order =
      isNumber(one) && isNumber(other)
        ? Number(one) - Number(other)
        : Buffer.compare(Buffer.from(one), Buffer.from(other));
    return order * direction;
  };
}

test('in CSV no text is a formula; JSON and Parquet have it as it is', async () => {
  const csv = (
    await get(`metrics.csv?metrics=impressions&dimensions=campaign&${range}`)
  ).toString();
  const cells = Papa.parse<Row>(csv, { header: true }).data.flatMap(
    ({ campaign }) => campaign ?? [],
  );
  expect(cells).toEqual(
    expect.arrayContaining([`'=HYPERLINK("http://evil")`, `'+1`, `'-1`, `'@SUM(A1)`]),
  );
  expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  const path = `metrics=impressions&dimensions=campaign&${range}`;
  const names = (rows: Row[]) => new Set(rows.map(({ campaign }) => campaign));
  const inJson = names(parseJson(await get(`metrics.json?${path}`)).rows);
  expect([...inJson]).toEqual(expect.arrayContaining(hostileNames));
  expect(names(await readParquet(await get(`metrics.parquet?${path}`)))).toEqual(inJson);
});

test('Excel is told of UTF-8 where it is asked for', async () => {
  const path = `metrics.csv?metrics=impressions&${range}`;
  const plain = await get(path);
  expect(await get(`${path}&bom=true`)).toEqual(Buffer.concat([Buffer.from('\ufeff'), plain]));
});

test('a filter finds what has exactly this label, whatever it is made of', async () => {
  const [feed] = feeds;
  const campaigns = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ id: string; name: string }[]>(
      'select id, name from campaigns where client_id = ? order by name',
      [feed?.clientId],
    ),
  );
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.constantFrom(...hostileNames),
    )
    .filter((label) => !label.includes('\0') && label.isWellFormed() && label.length <= 100);
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...campaigns), async (label, campaign) => {
      await agency.database.withTenant(agency.tenant, async (em) => {
        await em.execute('delete from campaign_labels');
        await em.execute(
          `insert into campaign_labels (campaign_id, label, organization_id, client_id)
           select id, (?::jsonb)->>0, organization_id, client_id from campaigns where id = ?`,
          [JSON.stringify([label]), campaign.id],
        );
      });
      const path = `metrics=impressions&dimensions=campaign,label&${range}&label=${encodeURIComponent(label)}`;
      const expected = [
        { campaignId: toGlobalId('Campaign', campaign.id), campaign: campaign.name, label },
      ];
      expect(parseJson(await get(`metrics.json?${path}`)).rows).toMatchObject(expected);
      expect(await readParquet(await get(`metrics.parquet?${path}`))).toMatchObject(expected);
      const { campaignId } = expected[0] ?? {};
      expect(parseCsv(await get(`metrics.csv?${path}`))).toMatchObject([{ campaignId }]);
    }),
    { numRuns: 25, seed: 3 },
  );
});

test('filters by ids are those of the graph; what is not there or not ours is nothing', async () => {
  const [acme] = clients;
  const total = async (filter: string) =>
    parseJson(await get(`metrics.json?metrics=impressions&${range}&${filter}`)).rows;
  const id = (type: string, uuid: string | undefined) => toGlobalId(type, String(uuid));
  expect(await total(`clientId=${id('Client', acme?.id)}`)).toEqual(
    await total(`feedId=${id('Feed', feeds[0]?.id)}`),
  );
  const both = clients.map((client) => id('Client', client.id));
  expect(await total(`clientId=${both}`)).toEqual(await total('source=SURFSIDE'));
  expect(await total(both.map((each) => `clientId=${each}`).join('&'))).toEqual(
    await total('source=SURFSIDE'),
  );
  expect(await total(`clientId=${id('Client', '00000000-0000-4000-8000-000000000000')}`)).toEqual(
    [],
  );
});

test('the engine answers the same', async () => {
  const query = {
    dimensions: ['month', 'placement'] as const,
    metrics: ['impressions', 'margin', 'cpa'] as const,
    ...{ filters: {}, range: { from: '2026-02-01', to: '2026-03-31' }, weekStartsOn: 1 },
  };
  const { columns, sql, parameters } = buildQuery(query, globalIdSql);
  const rows = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<Row[]>(sql, parameters),
  );
  const read = parseCsv(
    await get(`metrics.csv?${addressOf(['placement'], [...query.metrics])}&grain=MONTH`),
  );
  const cells = (row: Row) => JSON.stringify(columns.map(({ key }) => row[key]));
  expect(read.map(cells).sort()).toEqual(rows.map(cells).sort());
});
