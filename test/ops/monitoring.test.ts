import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import {
  IngestionRunDocument,
  JobProgressDocument,
  StartIngestionDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { watchJob } from '../../demo/progress.ts';
import { labelNames, type MetricFamily, parseExposition } from '../support/exposition.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { ownerToken } from '../support/open-socket.ts';
import { type Selector, selectorsOf } from '../support/promql.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';

interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

interface AlertTest {
  alert_rule_test: { alertname: string; exp_alerts?: object[] }[];
}

interface Panel {
  id: number;
  type: string;
  title: string;
  fieldConfig?: { defaults: { unit?: string } };
  targets?: { expr: string; legendFormat: string }[];
}

/** Something that is asked of Prometheus, and the labels that its text shows. */
interface Question {
  where: string;
  selectors: Selector[];
  shown: string[];
}

/** What Prometheus itself adds to each series. */
const targetLabels = ['job', 'instance'];

let installation: Installation;
let server: Map<string, MetricFamily>;
let worker: Map<string, MetricFamily>;
let exported: MetricFamily[];
let alerts: AlertRule[];
let panels: Panel[];
let questions: Question[];

beforeAll(async () => {
  installation = await startInstallation();
  [server, worker] = await makeTraffic(installation);
  exported = [...server.values(), ...worker.values()];
  const rules = parse(await readFile('ops/prometheus/alerts.yml', 'utf8'));
  alerts = rules.groups.flatMap((group: { rules: AlertRule[] }) => group.rules);
  panels = JSON.parse(await readFile('ops/grafana/dashboard.json', 'utf8')).panels;
  questions = [
    ...alerts.map(({ alert, expr, annotations }) => ({
      where: alert,
      selectors: selectorsOf(expr),
      shown: [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label),
    })),
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr, legendFormat }) => ({
        where: title,
        selectors: selectorsOf(expr.replaceAll('$__rate_interval', '5m')),
        shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
      })),
    ),
  ];
});
afterAll(() => installation.close());

/** A day that is loaded, one that cannot be, queries, refusals and a subscription; then scrape both processes. */
async function makeTraffic(installation: Installation) {
  const { api, agency, url, internalUrl, startWorker } = installation;
  for (let name = 0; name < 150; name++) await ask(url, `query Stranger${name} { __typename }`);
  const { ready } = await startWorker();
  const [good, bad] = ['2026-11-01', '2026-11-02'];
  const rows = [surfsideRow(), surfsideRow({ creative: '728x90', clicks: 2_000 })];
  await agency.bucket.put(`day-${good}.csv`, surfsideFile(good, rows));
  await agency.bucket.put(`day-${bad}.csv`, 'this is no file of that source\n');
  const file = { bucket: agency.bucket.name, keyPattern: 'day-{date}.csv', cpm: '12.5' };
  const range = { from: good, to: good };
  const { feedId } = await setUpClient(api, { name: 'Watched', timeZone: 'UTC', range, ...file });
  const load = async (day: string) => {
    const input = { feedId, range: { from: day, to: day } };
    const { startIngestion } = await api.request(StartIngestionDocument, { input });
    const { id, jobRun } = startIngestion.run;
    const { status } = await watchJob(api, jobRun.id, () => undefined);
    await api.request(IngestionRunDocument, { id });
    return { id: jobRun.id, status };
  };
  expect(await load(good)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await load(bad)).toMatchObject({ status: 'FAILED' });
  await api.request(ViewerDocument, {});
  await fetch(`${url}/not/here`);
  await ask(url, '{ __typename }');
  await ask(url, 'query Broken { nothing }');
  await ask(url, '{ viewer { email } }');
  const token = await ownerToken(installation);
  for (let name = 0; name < 150; name++) {
    await ask(url, `query Member${name} { viewer { email } }`, token);
  }

  // A job that no worker takes up yet: who watches it goes on watching.
  const pause = await agency.database.withTenant(agency.tenant, (em) =>
    em.execute<{ id: string }[]>(
      `insert into job_runs (organization_id, name, queue, payload, max_attempts, run_at)
       values (?, 'ingest-feed', 'ingestion', '{}', 1, now() + interval '1 hour') returning id`,
      [agency.tenant.organizationId],
    ),
  );
  const id = Buffer.from(`JobRun:${pause[0]?.id}`).toString('base64url');
  const watching = api.subscribe(JobProgressDocument, { id })[Symbol.asyncIterator]();
  await watching.next();
  const scraped = await Promise.all([scrape(internalUrl), scrape(ready.internalUrl)]);
  await watching.return?.();
  return scraped;
}

async function ask(url: string, query: string, token = ''): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query });
  await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
}

async function scrape(url: string): Promise<Map<string, MetricFamily>> {
  const response = await fetch(`${url}/metrics`);
  return parseExposition(await response.text());
}

/** The families that a selector can mean: a histogram's series have names of their own. */
function familiesOf(metric: string): MetricFamily[] {
  const base = metric.replace(/_(bucket|count|sum)$/, '');
  return exported.filter(
    ({ name, type }) => name === metric || (type === 'histogram' && name === base),
  );
}

/** Audits have the names that their specification gives them. */
const ofAudits =
  /^(audit_(runs|batch|inflight|progress)|platform_(query|queries|errors)|question_generation|brand_detection)_/;
const own = (name: string) => name.startsWith('mediagraph_') || ofAudits.test(name);

test('every metric, label and value that an alert or a panel asks for is exported', () => {
  const missing = questions.flatMap(({ where, selectors, shown }) => {
    const shownLabels = selectors.flatMap(({ metric }) => [...labelsOf(metric)]);
    return [
      ...selectors.flatMap(missingOf),
      ...shown.filter((label) => !shownLabels.includes(label)),
    ].map((what) => `${where}: ${what}`);
  });
  expect(missing).toEqual([]);
  expect(questions.length).toBeGreaterThan(30);
});

test('every panel has an id of its own: Grafana shows one of two that share it', () => {
  expect(panels.length).toBe(new Set(panels.map(({ id }) => id)).size);
});

function labelsOf(metric: string): Set<string> {
  const samples = familiesOf(metric).flatMap((family) => family.samples);
  return new Set([...targetLabels, ...samples.flatMap(({ labels }) => Object.keys(labels))]);
}

/** What a selector asks for and nobody exports; a value may also be one that the metric's help names. */
function missingOf({ metric, labels, values }: Selector): string[] {
  // Made by Prometheus.
  if (metric === 'up') return [];
  const families = familiesOf(metric);
  const samples = families.flatMap((family) => family.samples);
  if (samples.length === 0) return [metric];
  const known = labelsOf(metric);
  const words = families.flatMap(({ help }) => help.split(/\W+/));
  const missingValues = values.filter(
    ({ label, value }) =>
      !targetLabels.includes(label) &&
      !words.includes(value) &&
      !samples.some((sample) => sample.labels[label] === value),
  );
  return [
    ...labels.filter((label) => !known.has(label)).map((label) => `${metric}{${label}}`),
    ...missingValues.map(({ label, value }) => `${metric}{${label}="${value}"}`),
  ];
}

test('every metric of ours is on the dashboard or in an alert', () => {
  const asked = new Set(
    questions.flatMap(({ selectors }) =>
      selectors.flatMap(({ metric }) => familiesOf(metric).map(({ name }) => name)),
    ),
  );
  const unused = exported.map(({ name }) => name).filter((name) => own(name) && !asked.has(name));
  expect(unused).toEqual([]);
});

test('names follow the conventions: base units, totals for counters alone', () => {
  const wrong = exported.filter(({ name, type }) => {
    if (!own(name)) return false;
    if (/_(ms|milliseconds|minutes|hours|days|percent|kilobytes|megabytes)(_|$)/.test(name))
      return true;
    if (/_(age|lag|duration|latency)(_|$)/.test(name) && !name.endsWith('_seconds')) return true;
    if (type === 'histogram' && !/_(seconds|bytes)$/.test(name)) return true;
    return (type === 'counter') !== name.endsWith('_total');
  });
  expect(wrong).toEqual([]);
});

test('labels name no tenant, client, user or run, and none that Prometheus gives', () => {
  const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i;
  const values = exported.flatMap(({ samples }) =>
    samples.flatMap(({ labels }) => Object.values(labels)),
  );
  expect(values.filter((value) => uuid.test(value) || /@|watched|agency/i.test(value))).toEqual([]);
  const reserved = exported.filter((family) =>
    labelNames(family).some((label) => targetLabels.includes(label)),
  );
  expect(reserved).toEqual([]);
});

test('operations are named by their callers, up to a hundred, and never by strangers', () => {
  const { samples = [] } = server.get('mediagraph_graphql_operation_duration_seconds') ?? {};
  const counts = samples.filter(({ name }) => name.endsWith('_count'));
  const names = new Set(counts.map(({ labels }) => labels.operation ?? ''));
  expect(names.size).toBe(102);
  for (const name of ['Viewer', 'SignIn', 'anonymous', 'other']) expect(names).toContain(name);
  expect(names).not.toContain('Broken');
  expect(names).not.toContain('Stranger0');
  const others = counts.find(({ labels }) => labels.operation === 'other');
  expect(others?.value).toBeGreaterThan(200);
});

test('what is counted is what was done', () => {
  const readings = (family: string, labels: Record<string, string>, suffix = '') =>
    exported
      .filter(({ name }) => name === family)
      .flatMap(({ samples }) => samples)
      .filter(({ name }) => name === `${family}${suffix}`)
      .filter((sample) =>
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      )
      .map(({ value }) => value);
  const rows = 'mediagraph_ingestion_rows_total';
  expect(readings(rows, { kind: 'read' })).toEqual([2]);
  expect(readings(rows, { kind: 'rejected' })).toEqual([1]);
  expect(readings(rows, { kind: 'applied' })).toEqual([1]);
  const attempts = 'mediagraph_job_attempt_duration_seconds';
  expect(readings(attempts, { outcome: 'succeeded', job_name: 'ingest-feed' }, '_count')).toEqual([
    1,
  ]);
  expect(readings(attempts, { outcome: 'failed', job_name: 'ingest-feed' }, '_count')).toEqual([1]);
  // Each process exports the figures of the whole installation.
  expect(readings('mediagraph_dead_letters', { job_name: 'ingest-feed' })).toEqual([1, 1]);
  expect(readings('mediagraph_queue_jobs', { queue: 'ingestion', status: 'delayed' })).toEqual([
    1, 1,
  ]);
  expect(readings('mediagraph_feeds_behind', { source: 'SURFSIDE' })).toEqual([1, 1]);
  expect(readings('mediagraph_graphql_subscriptions', {})).toEqual([1]);
  expect(readings('mediagraph_graphql_sockets', {})).toEqual([1]);
  expect(readings('mediagraph_graphql_errors_total', { code: 'UNAUTHENTICATED' })).toEqual([1]);
});

test('each alert says how bad it is, for how long, and where its runbook is', async () => {
  const operations = await readFile('docs/operations.md', 'utf8');
  const anchors = [...operations.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  );
  for (const { alert, for: duration, labels, annotations } of alerts) {
    expect({ alert, duration }).toEqual({ alert, duration: expect.stringMatching(/^\d+[smh]$/) });
    expect(['warning', 'critical']).toContain(labels.severity);
    expect(annotations.summary).not.toBe('');
    expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    expect(anchors).toContain(alert.toLowerCase());
  }
});

test('each alert is tried, and promtool, where it is there, takes rules, trials and configuration', async () => {
  const folder = 'ops/prometheus';
  const { tests } = parse(await readFile(`${folder}/alerts.test.yml`, 'utf8'));
  const tried = tests.flatMap(({ alert_rule_test }: AlertTest) =>
    alert_rule_test.flatMap(({ alertname, exp_alerts = [] }) =>
      exp_alerts.length > 0 ? alertname : [],
    ),
  );
  expect(alerts.map(({ alert }) => alert).filter((alert) => !tried.includes(alert))).toEqual([]);
  for (const command of ['check config prometheus.yml', 'test rules alerts.test.yml']) {
    const { status, stdout, stderr, error } = spawnSync('promtool', command.split(' '), {
      ...{ cwd: folder, encoding: 'utf8' },
    });
    if (error && 'code' in error && error.code === 'ENOENT') return;
    expect({ command, status, said: stdout + stderr }).toMatchObject({ command, status: 0 });
  }
});

test('each panel says its unit', () => {
  const charts = panels.filter(({ type }) => type === 'timeseries');
  expect(charts.filter(({ fieldConfig }) => !fieldConfig?.defaults.unit)).toEqual([]);
});

test('docs/observability.md lists exactly what is exported', async () => {
  const names = [...new Set(exported.map(({ name }) => name))].filter(own).sort();
  const lines = names.map((name) => {
    const families = [server.get(name), worker.get(name)];
    const by = families.every(Boolean) ? 'both' : families[0] ? 'server' : 'worker';
    const family = families.find(Boolean) as MetricFamily;
    const labels = labelNames(family).map((label) => `\`${label}\``);
    return `| \`${name}\` | ${family.type} | ${labels.join(', ')} | ${by} | ${family.help} |`;
  });
  const head = ['| Metric | Type | Labels | Process | Meaning |', '|---|---|---|---|---|'];
  const text = await readFile('docs/observability.md', 'utf8');
  const [, table] = /<!-- metrics -->\n([\s\S]*)\n<!-- \/metrics -->/.exec(text) ?? [];
  expect(table?.split('\n')).toEqual([...head, ...lines]);
});
