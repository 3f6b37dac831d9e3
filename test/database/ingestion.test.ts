import { connectors } from '../../src/connectors/registry.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { setRuleSeverity } from '../../src/domain/identity/set-rule-severity.ts';
import { approveHeldRun } from '../../src/domain/ingestion/approve-held-run.ts';
import { cancelJob } from '../../src/domain/job/cancel-job.ts';
import { setRateCard } from '../../src/domain/rate-card/set-rate-card.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { rowsXml, workbookOf } from '../support/workbook.ts';

let agency: Agency;
let loader: Awaited<ReturnType<typeof createLoader>>;
let feed: Feed;
let clients = 0;
const day = '2026-03-02';

beforeAll(async () => {
  agency = await createAgency();
  loader = await createLoader(agency);
});
afterAll(async () => {
  await loader.close();
  await agency.close();
});
beforeEach(async () => {
  clients += 1;
  const client = await addClient(agency, `Client ${clients}`);
  feed = await addFeed(agency, client, { keyPattern: `c${clients}/{date}*.csv` });
});

const put = (date: string, rows: ReturnType<typeof surfsideRow>[], part = '') =>
  agency.bucket.put(`c${clients}/${date}${part}.csv`, surfsideFile(date, rows));
const creatives = (count: number, facts = {}) =>
  Array.from({ length: count }, (_, index) => surfsideRow({ creative: `Ad ${index}`, ...facts }));

test('spend is impressions / 1000 x the CPM of the day, to the last decimal', async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    setRateCard(em, agency.actor, connectors, {
      clientId: feed.clientId,
      cpm: '12.345678',
      effectiveFrom: '2026-03-02',
    }),
  );
  await put('2026-03-01', [surfsideRow({ impressions: 1001, clicks: 3 })]);
  await put(day, [surfsideRow({ impressions: 1001, clicks: 3 })]);
  const { run } = await loader.load(feed, { from: '2026-03-01', to: day });
  expect(run.outcome).toBe('SUCCEEDED');
  // The day before the card: the organization's 15.00. 1001 / 1000 x 12.345678 = 12.358023678.
  expect((await loader.facts(feed, '2026-03-01'))[0]?.spend).toBe('15.015000000');
  expect((await loader.facts(feed, day))[0]?.spend).toBe('12.358023678');
});

test.each([
  // The rates of a client, and which of them the campaign Brand of the source SURFSIDE pays.
  [{ client: 1 }, '1.000000000'],
  [{ client: 1, source: 2 }, '2.000000000'],
  [{ client: 1, source: 2, campaign: 3 }, '3.000000000'],
  [{ client: 1, source: 2, campaign: 3, both: 4 }, '4.000000000'],
])('of the rate cards %j the most specific one prices the day', async (rates, spend) => {
  await put('2026-03-01', [surfsideRow({ campaign: 'Brand' })]);
  await loader.load(feed, '2026-03-01');
  await agency.database.withTenant(agency.tenant, async (em) => {
    const [campaign] = await em.execute<{ id: string }[]>(
      'select id from campaigns where client_id = ?',
      [feed.clientId],
    );
    for (const [scope, cpm] of Object.entries(rates)) {
      await em.execute(
        `insert into rate_cards (organization_id, client_id, source, campaign_id, cpm, effective_from)
         values (?, ?, ?, ?, ?, '2026-01-01')`,
        [
          agency.tenant.organizationId,
          feed.clientId,
          scope === 'source' || scope === 'both' ? 'SURFSIDE' : null,
          scope === 'campaign' || scope === 'both' ? campaign?.id : null,
          cpm,
        ],
      );
    }
  });
  await put(day, [surfsideRow({ campaign: 'Brand' })]);
  await loader.load(feed, day);
  expect((await loader.facts(feed, day))[0]?.spend).toBe(spend);
});

test('a restatement with far fewer impressions is held, whatever its rows', async () => {
  await put(day, creatives(4));
  await loader.load(feed, day);
  await put(day, creatives(4, { impressions: 400 }));
  const { slices } = await loader.load(feed, day);
  expect(slices[0]).toMatchObject({
    status: 'HELD',
    reason: '1600 impressions would replace 4000: under 50 % of them.',
  });
});

test('what a slice was loaded through is emptied, and what a failed run left is too', async () => {
  await put(day, creatives(3));
  await loader.load(feed, day);
  await put(day, [...creatives(1), ...creatives(3, { clicks: 9999 })]);
  await loader.load(feed, day);
  const left = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select from staging.media_rows'),
  );
  expect(left).toEqual([]);
});

test('facts that add up to more than can be kept fail the day, and the next day is loaded', async () => {
  await put(day, creatives(1, { impressions: 999_999_999_999_999, clicks: 1 }));
  await put('2026-03-03', creatives(1));
  const { slices } = await loader.load(feed, { from: day, to: '2026-03-03' });
  expect(slices.map(({ status }) => status)).toEqual(['FAILED', 'APPLIED']);
  expect(slices[0]?.reason).toContain('more than can be kept');
});

test('a newer file replaces the whole day: what is gone from it is gone', async () => {
  await put(day, [surfsideRow({ creative: 'Kept' }), surfsideRow({ creative: 'Dropped' })]);
  await loader.load(feed, day);
  await put(day, [surfsideRow({ creative: 'Kept', clicks: 12 }), surfsideRow({ creative: 'New' })]);
  const { slices } = await loader.load(feed, day);
  expect(slices[0]).toMatchObject({ status: 'APPLIED', version: 2 });
  expect(slices[0]?.totalsBefore).toMatchObject({ rows: 2, clicks: 20 });
  expect(slices[0]?.totalsAfter).toMatchObject({ rows: 2, clicks: 22, conversions: '2' });
  const facts = await loader.facts(feed, day);
  expect(facts.map(({ creative, clicks }) => [creative, clicks])).toEqual([
    ['Kept', '12'],
    ['New', '10'],
  ]);
});

test('the same bytes again are compared and change nothing', async () => {
  await put(day, creatives(5));
  await loader.load(feed, day);
  const again = await loader.load(feed, day);
  expect(again.slices[0]).toMatchObject({ status: 'UNCHANGED', version: 1, rowsRead: 5 });
  // A scheduled run need not even read them.
  const scheduled = await loader.load(feed, day, 'SCHEDULE');
  expect(scheduled.slices[0]).toMatchObject({ status: 'UNCHANGED', rowsRead: 0 });
  const changes = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select from fact_changes where feed_id = ?', [feed.id]),
  );
  expect(changes).toHaveLength(1);
});

test('a scheduled run takes up a restated day and a late one', async () => {
  await put(day, creatives(5));
  await loader.load(feed, { from: day, to: '2026-03-03' });
  await put(day, creatives(5, { conversions: 2 }));
  await put('2026-03-03', creatives(5));
  const { slices } = await loader.load(feed, { from: day, to: '2026-03-03' }, 'SCHEDULE');
  expect(slices.map(({ status, version }) => [status, version])).toEqual([
    ['APPLIED', 2],
    ['APPLIED', 1],
  ]);
});

test('rows of one creative are added up, and the run says how many', async () => {
  await put(day, [
    surfsideRow({ impressions: 100, clicks: 1, conversions: 0, revenue: 0.1 }),
    surfsideRow({ impressions: 200, clicks: 2, conversions: 1, revenue: 0.2 }),
    // The same names but for case and space.
    surfsideRow({ campaign: ' brand', creative: '300X250 ', impressions: 300, clicks: 3 }),
  ]);
  const { slices } = await loader.load(feed, day);
  expect(slices[0]).toMatchObject({ rowsRead: 3, rowsMerged: 2 });
  expect(await loader.facts(feed, day)).toEqual([
    expect.objectContaining({ impressions: '600', clicks: '6', revenue: '25.800000000' }),
  ]);
});

test('a first file is the day; of a feed in parts, all of its files are', async () => {
  await put(day, [surfsideRow({ creative: 'One' })], '-1');
  await put(day, [surfsideRow({ creative: 'Two' })], '-2');
  await loader.load(feed, day);
  expect(await loader.facts(feed, day)).toHaveLength(1);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update feeds set file_mode = 'PARTS' where id = ?`, [feed.id]),
  );
  await loader.load(feed, day);
  expect(await loader.facts(feed, day)).toHaveLength(2);
});

test('a day without a file ends MISSING, and the day after it is loaded all the same', async () => {
  await put('2026-03-03', creatives(1));
  const { run, job, slices } = await loader.load(feed, { from: day, to: '2026-03-03' });
  expect(job.status).toBe('SUCCEEDED');
  expect(run.outcome).toBe('PARTIAL');
  expect(slices.map(({ status }) => status)).toEqual(['MISSING', 'APPLIED']);
  expect(slices[0]?.reason).toContain('No object matches');
});

test('bad rows are kept with their line and every reason; the good ones are loaded', async () => {
  await put(day, [
    ...creatives(4),
    surfsideRow({ placement: '', clicks: 2000 }),
    surfsideRow({ creative: 'Ad 9', conversions: 11 }),
  ]);
  const { slices } = await loader.load(feed, day);
  expect(slices[0]).toMatchObject({ status: 'APPLIED', rowsRead: 6, rowsRejected: 2 });
  const rejects = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ line: number; cells: string[]; reasons: { rule: string }[] }[]>(
      'select line, cells, reasons from rejected_rows where run_slice_id = ? order by line',
      [slices[0]?.id],
    ),
  );
  expect(rejects.map(({ line, reasons }) => [line, reasons.map(({ rule }) => rule)])).toEqual([
    [6, ['REQUIRED', 'CLICKS_EXCEED_IMPRESSIONS']],
    [7, ['CONVERSIONS_EXCEED_CLICKS']],
  ]);
  expect(rejects[0]?.cells).toContain('2000');
});

test('an organization may take a rule as a warning: the rows are loaded, and counted', async () => {
  const set = (severity: 'ERROR' | 'WARNING') =>
    agency.database.withTenant(agency.tenant, (em) =>
      setRuleSeverity(em, agency.actor, connectors, {
        source: 'SURFSIDE',
        rule: 'CONVERSIONS_EXCEED_CLICKS',
        severity,
      }),
    );
  await set('WARNING');
  await put(day, creatives(3, { conversions: 11 }));
  const { slices } = await loader.load(feed, day);
  await set('ERROR');
  expect(slices[0]).toMatchObject({
    status: 'APPLIED',
    rowsRejected: 0,
    warnings: { CONVERSIONS_EXCEED_CLICKS: 3 },
  });
});

test('a file of which most rows are bad changes nothing, and says so', async () => {
  await put(day, creatives(4));
  await loader.load(feed, day);
  await put(day, [...creatives(1), ...creatives(2, { clicks: 5000 })]);
  const { run, job, slices } = await loader.load(feed, day);
  expect(run.outcome).toBe('FAILED');
  expect(job).toMatchObject({ status: 'FAILED', attempt: 1 });
  expect(slices[0]).toMatchObject({
    status: 'FAILED',
    reason: 'Only 1 of 3 rows are valid; at least 50 % must be.',
  });
  expect(await loader.facts(feed, day)).toHaveLength(4);
});

test('a short file is held until an admin approves it, and only once', async () => {
  await put(day, creatives(10));
  await loader.load(feed, day);
  await put(day, creatives(4));
  const { run, slices } = await loader.load(feed, day);
  expect(run.outcome).toBe('HELD');
  expect(slices[0]?.reason).toBe('4 rows would replace 10: under 50 % of them.');
  expect(await loader.facts(feed, day)).toHaveLength(10);

  const approve = () =>
    agency.database.withTenant(agency.tenant, (em) => {
      const { add } = openOutbox(em);
      return approveHeldRun(em, agency.actor, run.id, (made) =>
        add(ingestFeed, { runId: made.id }, made),
      );
    });
  const approval = await loader.finish(await approve());
  expect(approval.slices[0]).toMatchObject({ status: 'APPLIED', version: 2 });
  expect(await loader.facts(feed, day)).toHaveLength(4);
  await expect(approve()).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('of two approvals at once one is given; one that was cancelled can be given again', async () => {
  await put(day, creatives(10));
  await loader.load(feed, day);
  await put(day, creatives(4));
  const { run } = await loader.load(feed, day);
  const approve = () =>
    agency.database.withTenant(agency.tenant, (em) => {
      const { add } = openOutbox(em);
      // Waits for a worker for ever: nobody sends it before it is cancelled.
      const later = { ...ingestFeed, queue: 'nobody' };
      return approveHeldRun(em, agency.actor, run.id, (made) =>
        add(later, { runId: made.id }, made),
      );
    });
  const approvals = await Promise.allSettled([approve(), approve()]);
  expect(approvals.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const given = approvals.find((each) => each.status === 'fulfilled');
  await agency.database.withTenant(agency.tenant, (em) =>
    cancelJob(em, agency.actor, given?.value.jobRunId ?? ''),
  );
  await expect(approve()).resolves.toMatchObject({ trigger: 'APPROVAL' });
});

test('a first file far shorter than that weekday usually is, is held; one with few impressions is not', async () => {
  for (const monday of ['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23']) {
    await put(monday, creatives(10));
  }
  await loader.load(feed, { from: '2026-02-02', to: '2026-02-23' });
  await put('2026-03-02', creatives(4));
  const short = await loader.load(feed, '2026-03-02');
  expect(short.slices[0]?.reason).toBe(
    '4 rows where this weekday usually has 10: under 50 % of them.',
  );
  await put('2026-03-09', creatives(10, { impressions: 20 }));
  expect((await loader.load(feed, '2026-03-09')).slices[0]).toMatchObject({
    status: 'APPLIED',
    reason: '200 impressions where this weekday usually has 10000: under 50 % of them.',
  });
});

test('an older file never replaces a newer one', async () => {
  await put(day, creatives(2));
  await loader.load(feed, day);
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update slices set source_position = now() + interval '1 day' where feed_id = ?`, [
      feed.id,
    ]),
  );
  await put(day, creatives(3));
  const { slices } = await loader.load(feed, day);
  expect(slices[0]?.status).toBe('SUPERSEDED');
  expect(await loader.facts(feed, day)).toHaveLength(2);
});

test('two feeds of one client keep the same day apart and share its campaigns', async () => {
  const { clientId } = feed;
  const second = await addFeed(agency, { id: clientId } as never, {
    name: 'Second',
    keyPattern: `c${clients}-second/{date}.csv`,
  });
  await put(day, creatives(2));
  await agency.bucket.put(`c${clients}-second/${day}.csv`, surfsideFile(day, creatives(3)));
  await Promise.all([loader.load(feed, day), loader.load(second, day)]);
  expect(await loader.facts(feed, day)).toHaveLength(2);
  expect(await loader.facts(second, day)).toHaveLength(3);
  const campaigns = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select from campaigns where client_id = ?', [clientId]),
  );
  expect(campaigns).toHaveLength(1);

  // Below a placement that both know, each in two rows.
  const next = creatives(6).flatMap((row) => [
    row,
    { ...row, creative: row.creative.toUpperCase() },
  ]);
  await put('2026-03-03', next);
  await agency.bucket.put(
    `c${clients}-second/2026-03-03.csv`,
    surfsideFile('2026-03-03', next.toReversed()),
  );
  await Promise.all([loader.load(feed, '2026-03-03'), loader.load(second, '2026-03-03')]);
  expect(await loader.facts(feed, '2026-03-03')).toHaveLength(6);
  expect(await loader.facts(second, '2026-03-03')).toEqual(await loader.facts(feed, '2026-03-03'));
});

test('a workbook named .csv is loaded like the CSV that it stands for', async () => {
  const table = surfsideFile(day, creatives(3)).trim().split('\n');
  const cells = table.map((line, index) => [...line.split(','), index ? 'phone' : 'Device']);
  await agency.bucket.put(`c${clients}/${day}.csv`, workbookOf(rowsXml(cells)));
  const { slices } = await loader.load(feed, day);
  expect(slices[0]).toMatchObject({ status: 'APPLIED', rowsRead: 3, otherColumns: ['Device'] });
  expect((await loader.facts(feed, day))[0]).toMatchObject({ impressions: '1000', clicks: '10' });
});

test('what Facebook charged and whom it reached is kept beside the spend of the rate card', async () => {
  const settings = {
    source: 'FACEBOOK',
    name: 'Facebook',
    keyPattern: `c${clients}-fb/{date}.csv`,
  };
  const facebook = await addFeed(agency, { id: feed.clientId } as never, settings);
  const lines = [
    'Day,Campaign name,Ad set name,Ad name,Impressions,Link clicks,Purchases,Amount spent (USD),Reach',
    `${day},Brand,Geo,Video A,2000,20,1,12.34,800`,
    `${day},Brand,Geo,Video B,1000,,,0.66,`,
    `${day},,,,3000,30,1,13,1500`,
  ];
  await agency.bucket.put(`c${clients}-fb/${day}.csv`, `${lines.join('\n')}\n`);
  const { slices } = await loader.load(facebook, day);
  expect(slices[0]).toMatchObject({ status: 'APPLIED', rowsRead: 2, rowsRejected: 0 });
  expect(slices[0]?.remarks).toEqual([
    'It has no column of revenue, so that revenue is not known for its days.',
    `The export's total of clicks on ${day} is 30, but its rows add up to 20.`,
  ]);
  const rows = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(
      `select spend, media_cost, reach, revenue, clicks from daily_metrics
       where feed_id = ? order by impressions desc`,
      [facebook.id],
    ),
  );
  expect(rows).toEqual([
    ...[
      {
        spend: '30.000000000',
        media_cost: '12.340000000',
        reach: '800',
        revenue: null,
        clicks: '20',
      },
    ],
    ...[
      { spend: '15.000000000', media_cost: '0.660000000', reach: null, revenue: null, clicks: '0' },
    ],
  ]);
});

test('a bucket that does not answer fails the run after its attempts, and nothing is half-done', async () => {
  await agency.database.withTenant(agency.tenant, (em) =>
    em.execute(`update feeds set bucket = 'no-such-bucket' where id = ?`, [feed.id]),
  );
  const { rig } = loader;
  const { jobRunId } = await agency.database.withTenant(agency.tenant, async (em) => {
    const { add } = openOutbox(em);
    const once = { ...ingestFeed, attempts: 1 };
    const { startIngestion } = await import('../../src/domain/ingestion/start-ingestion.ts');
    const request = { feedId: feed.id, range: { from: day, to: day }, trigger: 'MANUAL' } as const;
    return startIngestion(em, agency.tenant, request, (made) =>
      add(once, { runId: made.id }, made),
    );
  });
  await rig.send(jobRunId ?? '');
  const job = await rig.ended(jobRunId ?? '');
  expect(job).toMatchObject({ status: 'FAILED', errorCode: 'UPSTREAM_FAILED' });
  const reason = 'The bucket "no-such-bucket" cannot be listed: NoSuchBucket.';
  expect(job.errorMessage).toBe(reason);
  const slices = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute('select status, reason from run_slices where feed_id = ?', [feed.id]),
  );
  expect(slices).toEqual([{ status: 'FAILED', reason }]);
  expect(await loader.facts(feed, day)).toEqual([]);
});
