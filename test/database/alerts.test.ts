import type { EntityManager } from '@mikro-orm/postgresql';
import { parse } from 'graphql';
import { Alert } from '../../src/domain/alert/alert.entity.ts';
import { addDays, today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { approveHeldRun } from '../../src/domain/ingestion/approve-held-run.ts';
import { Schedule } from '../../src/domain/job/schedule.entity.ts';
import type { SealedLetter } from '../../src/domain/mail/queue-mail.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { openOutbox } from '../../src/jobs/enqueue.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { mailAlerts } from '../../src/jobs/mail-alerts.job.ts';
import { sendDigest } from '../../src/jobs/send-digest.job.ts';
import { startScheduledIngestion } from '../../src/jobs/start-scheduled-ingestion.job.ts';
import {
  type Agency,
  addClient,
  addFeed,
  addOrganization,
  createAgency,
} from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let client: Client;
let loader: Awaited<ReturnType<typeof createLoader>>;
let graph: Awaited<ReturnType<typeof createGraph>>;
const day = addDays(today('UTC'), -2);

beforeAll(async () => {
  agency = await createAgency();
  const jobs = [ingestFeed, startScheduledIngestion, mailAlerts, sendDigest];
  [client, loader, graph] = await Promise.all([
    addClient(agency),
    createLoader(agency, jobs as unknown as JobDefinition[]),
    createGraph(agency),
  ]);
});
afterAll(async () => {
  await Promise.all([loader.close(), graph.close()]);
  await agency.close();
});

const write = <T>(fn: (em: EntityManager) => Promise<T>) =>
  agency.database.withTenant(agency.tenant, fn);

/** A feed that was there long before. */
async function addOldFeed(name: string, graceMinutes = 0): Promise<Feed> {
  const keyPattern = `${name}/{date}.csv`;
  const feed = await addFeed(agency, client, { name, keyPattern, graceMinutes, lookbackDays: 2 });
  await write((em) =>
    em.execute(`update feeds set created_at = now() - interval '30 days' where id = ?`, [feed.id]),
  );
  await write((em) =>
    em.execute(`update schedules set cron = '0 0 * * *' where feed_id = ?`, [feed.id]),
  );
  return feed;
}

const alertsOf = ({ id: feedId }: Feed) =>
  write((em) => em.find(Alert, { feedId }, { orderBy: { firstSeenAt: 'asc' } }));

/** What was mailed of a kind, once all that was to be told has been. */
async function letters(kind: string): Promise<SealedLetter[]> {
  const pending = () =>
    write((em) =>
      em.execute(
        `select from job_runs where name = 'mail-alerts' and status in ('QUEUED', 'RUNNING')`,
      ),
    );
  await until('all was told', async () => (await pending()).length === 0);
  const rows = await write((em) =>
    em.execute<{ letter: string }[]>(
      'select letter_ciphertext as letter from mails where kind = ? order by created_at',
      [kind],
    ),
  );
  return rows.map(({ letter }) => JSON.parse(agency.cipher.decrypt(letter)) as SealedLetter);
}

test('many failures are one alert, told once, that ends when the day is loaded', async () => {
  const feed = await addOldFeed('failing');
  await agency.bucket.put(`failing/${day}.csv`, 'Nothing,Known\n1,2\n');
  for (let run = 1; run <= 3; run += 1) await loader.load(feed, day);
  const told = (await letters('ALERTS')).filter(({ letter }) =>
    JSON.stringify(letter).includes('failing'),
  );
  expect(told).toEqual([
    {
      to: agency.owner.email.toLowerCase(),
      letter: expect.objectContaining({
        count: 1,
        alerts: [expect.objectContaining({ kind: 'FAILED_RUN', client: 'Acme', about: 'failing' })],
      }),
    },
  ]);
  const message = expect.stringMatching(`^${day}: The file lacks: `);
  expect(await alertsOf(feed)).toMatchObject([
    { kind: 'FAILED_RUN', message, count: 3, resolvedAt: null },
  ]);

  await agency.bucket.put(
    `failing/${addDays(day, -1)}.csv`,
    surfsideFile(addDays(day, -1), [surfsideRow()]),
  );
  await loader.load(feed, addDays(day, -1));
  expect(await alertsOf(feed)).toMatchObject([{ resolvedAt: null }]);
  const rows = [surfsideRow(), surfsideRow({ creative: 'Wrong', clicks: 5_000 })];
  await agency.bucket.put(`failing/${day}.csv`, surfsideFile(day, rows));
  await loader.load(feed, day);
  expect(await alertsOf(feed)).toMatchObject([
    { kind: 'FAILED_RUN', resolvedAt: expect.any(Date) },
    { kind: 'VALIDATION_ERRORS', message: `${day}: 1 of 2 rows were rejected.`, resolvedAt: null },
  ]);
});

test('a file is waited for during its grace, then missing: one alert, which ends when it comes late', async () => {
  const feed = await addOldFeed('missing', 1440);
  const yesterday = addDays(today('UTC'), -1);
  await loader.load(feed, yesterday, 'SCHEDULE');
  expect(await alertsOf(feed)).toEqual([]);
  const [soon] = await write((em) =>
    em.execute<{ soon: boolean }[]>(
      `select next_run_at <= now() + interval '30 minutes' as soon from schedules where feed_id = ?`,
      [feed.id],
    ),
  );
  expect(soon).toEqual({ soon: true });

  await write((em) => em.execute('update feeds set grace_minutes = 0 where id = ?', [feed.id]));
  for (let run = 1; run <= 2; run += 1) await loader.load(feed, day, 'SCHEDULE');
  expect(await alertsOf(feed)).toMatchObject([
    { kind: 'MISSING_FILE', date: day, count: 2, resolvedAt: null },
  ]);
  await agency.bucket.put(`missing/${day}.csv`, surfsideFile(day, [surfsideRow()]));
  await loader.load(feed, day, 'SCHEDULE');
  expect(await alertsOf(feed)).toMatchObject([{ count: 2, resolvedAt: expect.any(Date) }]);
  const told = await letters('ALERTS');
  expect(told.filter(({ letter }) => JSON.stringify(letter).includes('"missing"'))).toHaveLength(1);
});

test('a held day is an alert until it is approved', async () => {
  const feed = await addOldFeed('held');
  const rows = Array.from({ length: 4 }, (_, index) => surfsideRow({ creative: `C${index}` }));
  await agency.bucket.put(`held/${day}.csv`, surfsideFile(day, rows));
  await loader.load(feed, day);
  await agency.bucket.put(`held/${day}.csv`, surfsideFile(day, rows.slice(0, 1)));
  const { run } = await loader.load(feed, day);
  expect(await alertsOf(feed)).toMatchObject([{ kind: 'HELD_RUN', date: day, resolvedAt: null }]);
  const approval = await write((em) => {
    const { add } = openOutbox(em);
    return approveHeldRun(em, agency.actor, run.id, (made) =>
      add(ingestFeed, { runId: made.id }, made),
    );
  });
  await loader.finish(approval);
  expect(await alertsOf(feed)).toMatchObject([{ kind: 'HELD_RUN', resolvedAt: expect.any(Date) }]);
});

test('a new day with few impressions is applied, and an alert until a day comes with enough', async () => {
  const feed = await addOldFeed('quiet');
  const load = async (date: string, impressions: number) => {
    await agency.bucket.put(
      `quiet/${date}.csv`,
      surfsideFile(date, [surfsideRow({ impressions })]),
    );
    await loader.load(feed, date);
  };
  await load(addDays(day, -7), 1_000);
  expect(await alertsOf(feed)).toEqual([]);
  await load(day, 100);
  const message = '100 impressions where this weekday usually has 1000: under 50 % of them.';
  expect(await alertsOf(feed)).toMatchObject([
    { kind: 'FEW_IMPRESSIONS', date: day, message, resolvedAt: null },
  ]);
  await load(addDays(day, -1), 1_000);
  expect(await alertsOf(feed)).toMatchObject([{ resolvedAt: expect.any(Date) }]);
});

test('of scheduled runs of one feed the second waits, and the third leaves its turn to it', async () => {
  const feed = await addOldFeed('busy');
  const payload = { feedId: feed.id };
  // A run that is never sent is under way for ever.
  const busy = await loader.rig.add(ingestFeed, { runId: feed.id }, client);
  const yesterday = addDays(today('UTC'), -1);
  await write((em) =>
    em.execute(
      `insert into ingestion_runs (organization_id, client_id, feed_id, job_run_id, trigger, from_date, to_date)
       values (app_organization(), ?, ?, ?, 'MANUAL', ?, ?)`,
      [client.id, feed.id, busy, yesterday, yesterday],
    ),
  );
  await write((em) =>
    em.execute(`update job_runs set run_at = now() + interval '1 hour' where id = ?`, [busy]),
  );
  const owner = { clientId: client.id };
  const second = await loader.rig.add(startScheduledIngestion, payload, owner);
  await loader.rig.send(second);
  await loader.rig.until(
    second,
    ({ status, runAt, createdAt }) =>
      status === 'QUEUED' && runAt.getTime() - createdAt.getTime() > 50_000,
  );
  const third = await loader.rig.add(startScheduledIngestion, payload, owner);
  await loader.rig.send(third);
  expect(await loader.rig.ended(third)).toMatchObject({ status: 'SUCCEEDED' });
  const schedule = await write((em) => em.findOneOrFail(Schedule, { feedId: feed.id }));
  expect(schedule.skipReason).toBe(
    `A run of ${yesterday} to ${yesterday} was under way, and another waited for its end.`,
  );
});

test('the digest tells whom it is meant for what happened, and nothing where nothing did', async () => {
  const ask = async (text: string) => {
    const { result } = await graph.run(agency.actor, parse(text) as never, {});
    if (result.errors) throw result.errors[0];
    return result.data;
  };
  expect(
    await ask(`mutation {
      setAlertRecipients(input: { roles: [], emails: ["Desk@Agency.example", "desk@agency.example"] }) {
        organization { alertRoles alertEmails }
      }
    }`),
  ).toEqual({
    setAlertRecipients: { organization: { alertRoles: [], alertEmails: ['desk@agency.example'] } },
  });
  const quiet = await addOrganization(agency, {
    ...agency.owner,
    email: 'quiet@agency.example',
  });
  for (const tenant of [agency.tenant, quiet]) {
    const id = await loader.rig.add(sendDigest, {}, tenant);
    await loader.rig.send(id);
    expect((await loader.rig.ended(id, tenant)).status).toBe('SUCCEEDED');
  }
  const told = await letters('DIGEST');
  expect(told).toMatchObject([
    { to: 'desk@agency.example', letter: { kind: 'DIGEST', rejectedRows: 1, missingDays: 0 } },
  ]);
  const mails = await agency.database.withTenant(quiet, (em) => em.execute('select from mails'));
  expect(mails).toEqual([]);
});

test('alerts are listed, and a schedule is changed and seen with its feed', async () => {
  const feed = await addOldFeed('seen');
  const feedId = toGlobalId('Feed', feed.id);
  const change = `mutation ($feedId: ID!) {
    setFeedSchedule(input: { feedId: $feedId, times: ["17:00", "05:30"], timeZone: "America/New_York", isPaused: true }) {
      feed { schedule { times timeZone isPaused nextRunAt } lastRun { id } client { freshness { feedName isBehind } } }
    }
  }`;
  const changed = await graph.run(agency.actor, parse(change) as never, { feedId });
  expect(changed.result.data).toEqual({
    setFeedSchedule: {
      feed: {
        lastRun: null,
        client: {
          // No more, now that it is paused.
          freshness: expect.arrayContaining([
            { feedName: 'busy', isBehind: true },
            { feedName: 'seen', isBehind: false },
          ]),
        },
        schedule: {
          ...{ times: ['05:30', '17:00'], timeZone: 'America/New_York' },
          ...{ isPaused: true, nextRunAt: null },
        },
      },
    },
  });
  const wrong = await graph.run(agency.actor, parse(change.replace('17:00', '25:00')) as never, {
    feedId,
  });
  expect(wrong.result.errors?.[0]?.message).toContain('"25:00" is no time of day');
  const list = `{ alerts(filter: { isOpen: true, kinds: [VALIDATION_ERRORS] }) {
    nodes { kind count feed { name } client { name } run { status } }
  } }`;
  const { result } = await graph.run(agency.actor, parse(list) as never, {});
  expect(result.data).toEqual({
    alerts: {
      nodes: [
        {
          ...{ kind: 'VALIDATION_ERRORS', count: 1, feed: { name: 'failing' } },
          ...{ client: { name: 'Acme' }, run: { status: 'SUCCEEDED' } },
        },
      ],
    },
  });
});
