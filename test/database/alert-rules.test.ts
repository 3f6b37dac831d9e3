import type { EntityManager } from '@mikro-orm/postgresql';
import { parse } from 'graphql';
import { Alert } from '../../src/domain/alert/alert.entity.ts';
import type { OpenAlerts } from '../../src/domain/alert/find-open-alerts.ts';
import { AlertRule } from '../../src/domain/alert-rule/alert-rule.entity.ts';
import { evaluateRules } from '../../src/domain/alert-rule/evaluate-rules.ts';
import { tellOfRule } from '../../src/domain/alert-rule/tell-of-rule.ts';
import { addDays, today } from '../../src/domain/calendar.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { createDatabase } from '../../src/infra/database.ts';
import type { JobDefinition } from '../../src/jobs/define-job.ts';
import { evaluateAlertRules } from '../../src/jobs/evaluate-alert-rules.job.ts';
import { ingestFeed } from '../../src/jobs/ingest-feed.job.ts';
import { mailAlerts } from '../../src/jobs/mail-alerts.job.ts';
import { type Agency, addClient, addFeed, createAgency } from '../support/agency.ts';
import { createGraph } from '../support/graph.ts';
import { createLoader } from '../support/loader.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { until } from '../support/until.ts';

let agency: Agency;
let client: Client;
let feed: Feed;
let loader: Awaited<ReturnType<typeof createLoader>>;
let graph: Awaited<ReturnType<typeof createGraph>>;
const yesterday = addDays(today('UTC'), -1);
const dayBefore = addDays(yesterday, -1);

beforeAll(async () => {
  agency = await createAgency();
  const jobs = [ingestFeed, evaluateAlertRules, mailAlerts];
  [client, loader, graph] = await Promise.all([
    addClient(agency),
    createLoader(agency, jobs as unknown as JobDefinition[]),
    createGraph(agency),
  ]);
  feed = await addFeed(agency, client, { keyPattern: 'rules/{date}.csv' });
});
afterAll(async () => {
  await Promise.all([loader.close(), graph.close()]);
  await agency.close();
});

const write = <T>(fn: (em: EntityManager) => Promise<T>) =>
  agency.database.withTenant(agency.tenant, fn);

/** Load a day of one creative with 1,000 impressions, and wait for what follows from it. */
async function loadDay(date: string, clicks: number, of = feed): Promise<void> {
  const row = surfsideRow({ impressions: 1_000, clicks, conversions: 0 });
  const key = of.keyPattern?.replace('{date}', date) ?? '';
  await agency.bucket.put(key, surfsideFile(date, [row]));
  await loader.load(of, date);
  await settled();
}

async function settled(): Promise<void> {
  await until('all that follows is done', async () => {
    const open = await write((em) =>
      em.execute(`select id from job_runs where status in ('QUEUED', 'RUNNING')
        and name in ('evaluate-alert-rules', 'mail-alerts')`),
    );
    return open.length === 0;
  });
}

async function ask(text: string, variables: object = {}): Promise<Record<string, never>> {
  const { result } = await graph.run(agency.actor, parse(text) as never, variables);
  if (result.errors) throw result.errors[0];
  return result.data as Record<string, never>;
}

/** @returns the rule's bare id, once it has been evaluated. */
async function createRule(input: object): Promise<string> {
  const data = await ask(
    `mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { alertRule { id } } }`,
    { input: { comparison: 'BELOW', clientId: toGlobalId('Client', client.id), ...input } },
  );
  await settled();
  const { alertRule } = data.createAlertRule as unknown as { alertRule: { id: string } };
  return fromGlobalId('AlertRule', alertRule.id);
}

const alertsOf = (ruleId: string) =>
  write((em) => em.find(Alert, { ruleId }, { orderBy: { firstSeenAt: 'asc' } }));

async function letters(): Promise<string[]> {
  const rows = await write((em) =>
    em.execute<{ letter: string }[]>(
      `select letter_ciphertext as letter from mails where kind = 'ALERTS' order by created_at`,
    ),
  );
  return rows.map(({ letter }) => agency.cipher.decrypt(letter));
}

test('a fall is told once with its figures, goes on, and ends by itself with the condition', async () => {
  const ctrFalls = { name: 'CTR falls', subject: 'CHANGE', metric: 'CTR', threshold: '-0.3' };
  const rule = await createRule({ ...ctrFalls, comparedWith: 'PREVIOUS_PERIOD' });
  expect(await alertsOf(rule)).toEqual([]);
  await loadDay(dayBefore, 20);
  // Yesterday is still to come: that is no fall.
  expect(await alertsOf(rule)).toEqual([]);

  // From 2 % to 1.4 % is 30 % less, which is not beyond the threshold.
  await loadDay(yesterday, 14);
  expect(await alertsOf(rule)).toEqual([]);
  await loadDay(yesterday, 13);
  const message = `CTR went from 2 % to 1.3 % on ${yesterday}, against the period before: -35 %, less than -30 %.`;
  expect(await alertsOf(rule)).toMatchObject([
    { kind: 'RULE', severity: 'WARNING', message, count: 1, feedId: null, resolvedAt: null },
  ]);
  await loadDay(yesterday, 10);
  expect(await alertsOf(rule)).toMatchObject([{ count: 2, resolvedAt: null }]);
  const told = (await letters()).filter((letter) => letter.includes('CTR falls'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(message);

  await loadDay(yesterday, 19);
  expect(await alertsOf(rule)).toMatchObject([{ count: 2, resolvedAt: expect.any(Date) }]);
});

test('what is snoozed begins anew in silence; what is acknowledged says by whom it is seen to', async () => {
  const many = { name: 'Clicks', subject: 'METRIC', metric: 'CLICKS', comparison: 'ABOVE' };
  const rule = await createRule({ ...many, threshold: '15', severity: 'CRITICAL' });
  const [alert] = await alertsOf(rule);
  const id = toGlobalId('Alert', alert?.id ?? '');
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const data = await ask(
    `mutation ($id: ID!, $until: DateTimeISO) {
      snoozeAlert(id: $id, until: $until) { alert { snoozedUntil } }
      acknowledgeAlert(id: $id, note: "The sale began.") { alert { note acknowledgedAt severity rule { name } feed { id } } }
    }`,
    { id, until },
  );
  expect(data).toMatchObject({
    snoozeAlert: { alert: { snoozedUntil: until } },
    acknowledgeAlert: {
      alert: {
        note: 'The sale began.',
        severity: 'CRITICAL',
        rule: { name: 'Clicks' },
        feed: null,
      },
    },
  });
  await loadDay(yesterday, 5);
  await loadDay(yesterday, 30);
  expect(await alertsOf(rule)).toMatchObject([
    { resolvedAt: expect.any(Date), toldAt: expect.any(Date) },
    { resolvedAt: null, toldAt: null, snoozedUntil: new Date(until) },
  ]);
  await expect(
    ask(
      `mutation ($id: ID!) { snoozeAlert(id: $id, until: "2020-01-01T00:00:00Z") { alert { id } } }`,
      {
        id,
      },
    ),
  ).rejects.toThrow('at most 90 days from now');

  const ruleId = toGlobalId('AlertRule', rule);
  await ask(
    `mutation ($ruleId: ID!) { removeAlertRule(id: $ruleId) { alertRule { removedAt } } }`,
    {
      ruleId,
    },
  );
  // An evaluation that began before begins nothing that nobody would end.
  const late = await write(async (em) => {
    return tellOfRule(em, await em.findOneOrFail(AlertRule, rule), client.id, 'Late.');
  });
  expect(late).toBe(false);
  expect((await alertsOf(rule)).every(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
});

test('a lack of data, of each client, and too few impressions to tell anything', async () => {
  const each = { clientId: null, comparison: 'ABOVE' };
  const missing = await createRule({
    ...each,
    ...{ name: 'Gaps', subject: 'MISSING_DAYS', threshold: '2', rangePreset: 'LAST_7_DAYS' },
  });
  // Days before a feed's first are not missing.
  expect(await alertsOf(missing)).toEqual([]);
  const behind = await createRule({
    ...each,
    name: 'Late',
    subject: 'DAYS_BEHIND',
    threshold: '0',
  });
  expect(await alertsOf(behind)).toEqual([]);
  const other = await addFeed(agency, client, { name: 'Other', keyPattern: 'other/{date}.csv' });
  await loadDay(dayBefore, 10, other);
  expect(await alertsOf(behind)).toMatchObject([
    { message: 'Days that a feed is behind: 1, more than 0.', clientId: client.id },
  ]);
  await loadDay(yesterday, 10, other);
  expect(await alertsOf(behind)).toMatchObject([{ resolvedAt: expect.any(Date) }]);

  const thin = { name: 'Thin', subject: 'METRIC', metric: 'CLICKS', threshold: '1000000' };
  expect(await alertsOf(await createRule({ ...thin, minImpressions: 2_001 }))).toEqual([]);
});

test('a budget that is spent too fast, of those that run', async () => {
  const pace = { name: 'Pace', subject: 'PACE', comparison: 'ABOVE', threshold: '1.2' };
  const rule = await createRule(pace);
  expect(await alertsOf(rule)).toEqual([]);
  // The default rate makes 15 of 1,000 impressions; yesterday is one of its two days.
  const document = `mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }`;
  const days = { fromDate: yesterday, toDate: addDays(yesterday, 1) };
  await ask(document, {
    input: { clientId: toGlobalId('Client', client.id), amount: '10', ...days },
  });
  await loadDay(yesterday, 11);
  expect(await alertsOf(rule)).toMatchObject([
    {
      message: expect.stringMatching(
        /^Pace of the budget, \S{10} to \S{10}: \d00 % of what was to be spent, more than 120 %\.$/,
      ),
    },
  ]);
});

interface Glances {
  home: { openAlerts: OpenAlerts };
  dashboard: { openAlerts: OpenAlerts };
  alerts: { nodes: { id: string }[] };
}

test('the open ones stand in home and dashboard, the severest first, with a statement for any number', async () => {
  const many = { subject: 'METRIC', metric: 'CLICKS', comparison: 'ABOVE', threshold: '0' };
  await createRule({ ...many, name: 'Info', severity: 'INFO' });
  await createRule({ ...many, name: 'Critical', severity: 'CRITICAL' });
  const openAlerts =
    'openAlerts(first: $first) { count bySeverity { severity count } alerts { id severity } }';
  const document = `query ($id: ID!, $first: Int!) {
    home(range: { preset: YESTERDAY }) { ${openAlerts} }
    dashboard(clientId: $id, range: { preset: YESTERDAY }) { ${openAlerts} }
    alerts(filter: { isOpen: true }) { nodes { id } }
  }`;
  const id = toGlobalId('Client', client.id);
  const { home, dashboard, alerts } = (await ask(document, { id, first: 100 })) as never as Glances;
  const { count, bySeverity, alerts: open } = dashboard.openAlerts;
  expect(home.openAlerts).toEqual(dashboard.openAlerts);
  expect(new Set(open.map((each) => each.id))).toEqual(
    new Set(alerts.nodes.map((each) => each.id)),
  );
  expect([count, bySeverity.map(({ severity }) => severity)]).toEqual([
    open.length,
    ['CRITICAL', 'WARNING', 'INFO'],
  ]);
  const severities = bySeverity.flatMap((each) => Array(each.count).fill(each.severity));
  expect(open.map(({ severity }) => severity)).toEqual(severities);
  expect(new Set(severities).size).toBe(3);

  const asked = async (first: number) =>
    (await graph.run(agency.actor, parse(document) as never, { id, first })).statements.length;
  expect(await asked(1)).toBe(await asked(100));
  expect(await ask(document, { id, first: 1 })).toMatchObject({
    dashboard: { openAlerts: { count, bySeverity, alerts: [open[0]] } },
  });
  const clientUser = { ...agency.actor, role: 'CLIENT' as const, clientIds: [client.id] };
  const refused = await graph.run(clientUser, parse(document) as never, { id, first: 1 });
  expect(refused.result.errors?.[0]?.message).toContain('role ANALYST');
});

test('many rules that look at the same cost as many statements as one', async () => {
  const statements: string[] = [];
  const onStatement = (sql: string) => statements.push(sql);
  const database = await createDatabase({ url: agency.urls.workerUrl, poolSize: 1, onStatement });
  const evaluate = async () => {
    statements.length = 0;
    await database.withTenant(agency.tenant, (em) => evaluateRules(em, client));
    return statements.length;
  };
  const quiet = { subject: 'METRIC', metric: 'CLICKS', threshold: '-1' };
  await createRule({ ...quiet, name: 'Quiet' });
  const before = await evaluate();
  for (const n of [1, 2, 3]) await createRule({ ...quiet, name: `Quiet ${n}` });
  expect(await evaluate()).toBe(before);
  await database.close();
});

test.each([
  [{ subject: 'METRIC' }, 'Rules of a metric or of its change name the metric.'],
  [{ subject: 'CHANGE', metric: 'CTR' }, 'A change is against an earlier time: say which.'],
  [{ subject: 'MISSING_DAYS', metric: 'CTR' }, 'This rule has no metric.'],
  [{ subject: 'DAYS_BEHIND', rangePreset: 'TODAY' }, 'A rule looks at days that are over.'],
  [{ subject: 'DAYS_BEHIND', threshold: '0.0000000001' }, 'at most 9 decimals'],
  [{ subject: 'DAYS_BEHIND', name: ' ' }, 'A name has 1 to 255 characters'],
])('%j is refused', async (wrong, message) => {
  await expect(createRule({ name: 'Wrong', threshold: '1', ...wrong })).rejects.toThrow(message);
});
