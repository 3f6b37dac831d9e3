import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signInTo } from '../../client/api.ts';
import { StartIngestionDocument } from '../../client/operations.ts';
import { openDemoBucket } from '../../demo/bucket.ts';
import { setUpClient } from '../../demo/load-feed.ts';
import { watchJob } from '../../demo/progress.ts';
import { startInstallation } from '../support/installation.ts';
import { surfsideFile, surfsideRow } from '../support/surfside-file.ts';
import { type CollectedSpan, startTraceCollector } from '../support/trace-collector.ts';

const day = '2026-03-01';
const range = { from: day, to: day };
const clientName = 'Confidential client';

/** Load a day whose bucket is there only after the first attempt, in processes with these settings. */
async function loadAtSecondAttempt(settings: Record<string, string>) {
  const installation = await startInstallation('PostgreSQL', settings);
  const { agency, api, url } = installation;
  await installation.startWorker();
  const bucket = `late-${Date.now()}`;
  const { feedId } = await setUpClient(api, {
    ...{ name: clientName, timeZone: 'UTC', cpm: '12.5', bucket, range },
    keyPattern: 'report-{date}.csv',
  });
  const { startIngestion } = await api.request(StartIngestionDocument, {
    input: { feedId, range },
  });
  let filling: Promise<void> | undefined;
  const last = await watchJob(api, startIngestion.run.jobRun.id, ({ status, attempt }) => {
    if (status !== 'QUEUED' || attempt !== 1) return;
    filling ??= openDemoBucket(agency.s3, bucket).then(({ put, close }) =>
      put('report-2026-03-01.csv', surfsideFile(day, [surfsideRow()])).finally(close),
    );
  });
  await filling;
  // The token of this sign-in is as secret as that of the first.
  const signedIn = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { signIn(input: { email: "${agency.owner.email}", password: "${agency.owner.password}" }) { token } }`,
    }),
  });
  const { data } = (await signedIn.json()) as { data: { signIn: { token: string } } };
  await signInTo(url, agency.owner.email, 'wrong password').catch(() => undefined);
  // What they have not sent yet they send when they are stopped.
  await installation.close();
  return { last, secrets: [data.signIn.token, agency.owner.email, agency.owner.password] };
}

describe('with a collector', () => {
  let collector: Awaited<ReturnType<typeof startTraceCollector>>;
  let loaded: Awaited<ReturnType<typeof loadAtSecondAttempt>>;
  let trace: CollectedSpan[];
  const named = (name: string) => trace.filter((span) => span.name === name);
  const only = (name: string, spans = named(name)) => {
    expect(spans.map((span) => span.name)).toEqual([name]);
    return spans[0] as CollectedSpan;
  };
  const childrenOf = ({ spanId }: CollectedSpan) =>
    trace.filter((span) => span.parentSpanId === spanId);
  const withText = (spans: CollectedSpan[], text: RegExp) =>
    spans.filter((span) => text.test(String(span.attributes['db.query.text'])));

  beforeAll(async () => {
    collector = await startTraceCollector();
    loaded = await loadAtSecondAttempt({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=abc%20def',
    });
    const operation = collector.spans.find(
      ({ attributes }) => attributes['graphql.operation.name'] === 'StartIngestion',
    );
    // In the order in which they began: processes send theirs when it suits them.
    // In the order in which they began: each process sends its own when it suits it.
    trace = collector.spans
      .filter(({ traceId }) => traceId === operation?.traceId)
      .toSorted((one, other) =>
        Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)),
      );
  });
  afterAll(() => collector.close());

  test('a request, its operation, its transaction and its statements hang together', () => {
    const request = only('POST /graphql');
    expect(request.parentSpanId).toBeUndefined();
    expect(request).toMatchObject({
      service: 'mediagraph-server',
      attributes: { 'http.route': '/graphql', 'http.response.status_code': 200 },
    });
    const operation = only('mutation');
    expect(operation.parentSpanId).toBe(request.spanId);
    const [transaction, ...others] = childrenOf(operation).filter(
      ({ name }) => name === 'transaction',
    );
    expect(others).toEqual([]);
    const statements = childrenOf(transaction as CollectedSpan);
    expect(statements[0]?.name).toBe('BEGIN');
    const [insertion] = withText(statements, /insert into "job_runs"/);
    expect(insertion).toMatchObject({
      name: 'INSERT job_runs',
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': 'INSERT job_runs' },
    });
    expect(insertion?.attributes['db.query.text']).toMatch(/values \(\?\)/);
  });

  test('both attempts, made in another process, are parts of the transaction that caused them', () => {
    expect(loaded.last).toMatchObject({ status: 'SUCCEEDED', attempt: 2 });
    const attempts = named('process ingestion').toSorted(
      (one, other) =>
        Number(one.attributes['mediagraph.job.attempt']) -
        Number(other.attributes['mediagraph.job.attempt']),
    );
    expect(attempts).toMatchObject([
      { status: { code: 2 }, attributes: { 'error.type': 'UPSTREAM_FAILED' } },
      { status: {}, attributes: { 'mediagraph.job.outcome': 'SUCCEEDED' } },
    ]);
    const [transaction] = childrenOf(only('mutation')).filter(({ name }) => name === 'transaction');
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({
        service: 'mediagraph-worker',
        parentSpanId: transaction?.spanId,
        attributes: { 'messaging.operation.type': 'process', 'mediagraph.job.name': 'ingest-feed' },
      });
    }
    expect(named('send ingestion').map(({ service }) => service)).toEqual([
      'mediagraph-server',
      'mediagraph-worker',
    ]);
    const [first, second] = attempts as [CollectedSpan, CollectedSpan];
    expect(childrenOf(first).map(({ name }) => name)).toContain('S3.ListObjectsV2');
    expect(childrenOf(second).map(({ name }) => name)).toContain('S3.GetObject');
    expect(childrenOf(second).map(({ name }) => name)).toContain('COPY staging.media_rows');
    const writes = childrenOf(second).filter(({ name }) => name === 'transaction');
    const statements = writes.flatMap(childrenOf);
    expect(withText(statements, /daily_metrics/).length).toBeGreaterThan(0);
    expect(statements.every(({ service }) => service === 'mediagraph-worker')).toBe(true);
  });

  test('every span has its parent in the same trace', () => {
    const ids = new Set(trace.map(({ spanId }) => spanId));
    const orphans = trace.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId));
    expect(orphans).toEqual([]);
  });

  test('the sweeper has traces of its own', () => {
    const sweeps = collector.spans.filter(({ name }) => name === 'sweep');
    expect(sweeps.length).toBeGreaterThan(0);
    expect(sweeps.every(({ parentSpanId }) => parentSpanId === undefined)).toBe(true);
  });

  test('the collector is sent what it wants, and nothing that is nobody else’s business', () => {
    expect(collector.requests[0]).toMatchObject({
      url: '/v1/traces',
      headers: { 'x-collector-key': 'abc def' },
    });
    const all = JSON.stringify(collector.spans);
    const email = String(loaded.secrets[1]);
    for (const secret of [...loaded.secrets, email.toLowerCase(), clientName, 'wrong password']) {
      expect(secret.length).toBeGreaterThan(10);
      expect(all).not.toContain(secret);
    }
    expect(collector.spans.every(({ events = [] }) => events.length === 0)).toBe(true);
  });
});

test('without a collector in the settings nothing is sent, even where one listens', async () => {
  const collector = await startTraceCollector();
  const settings = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` };
  const { last } = await loadAtSecondAttempt(settings);
  expect(last.status).toBe('SUCCEEDED');
  expect(collector.requests).toEqual([]);
  collector.close();
});

test('a collector that never answers holds nothing up', async () => {
  const collector = createServer((request) => request.resume());
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const { last } = await loadAtSecondAttempt({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  expect(last.status).toBe('SUCCEEDED');
  collector.closeAllConnections();
  collector.close();
});
