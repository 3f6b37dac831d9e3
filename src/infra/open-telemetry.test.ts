import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTraceCollector } from '../../test/support/trace-collector.ts';
import type { Log } from '../jobs/log.ts';
import { connectCollector } from './open-telemetry.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const begin = { name: 'begin', kind: 'INTERNAL', parent: null } as const;
const part = { name: 'part', kind: 'INTERNAL' } as const;

function connect(endpoint: string, options: { share?: number; log?: Log } = {}) {
  const settings = { headers: undefined, service: 'test', share: 1, log: silent, ...options };
  return connectCollector({ endpoint, ...settings });
}

/** What is sent of some steps. */
async function collect(
  work: (tracing: ReturnType<typeof connectCollector>) => Promise<unknown>,
  share?: number,
) {
  const collector = await startTraceCollector();
  const tracing = connect(`${collector.url}/`, share === undefined ? {} : { share });
  await work(tracing);
  await tracing.close();
  collector.close();
  return collector.spans;
}

test('a step goes on from the position that it is given, and its parts from it', async () => {
  const parent = `00-${traceId}-b7ad6b7169203331-01`;
  let position: string | null = null;
  const spans = await collect(({ step, position: here }) =>
    step({ ...begin, parent }, () =>
      step(part, async () => {
        position = here();
      }),
    ),
  );
  const [inner, outer] = spans;
  expect(spans.map((span) => span.traceId)).toEqual([traceId, traceId]);
  expect(outer).toMatchObject({ name: 'begin', parentSpanId: 'b7ad6b7169203331' });
  expect(inner).toMatchObject({ name: 'part', parentSpanId: outer?.spanId });
  expect(position).toBe(`00-${traceId}-${inner?.spanId}-01`);
});

test.each([null, 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])(
  'from the position %p a trace begins',
  async (parent) => {
    const [span] = await collect(({ step }) => step({ ...begin, parent }, async () => undefined));
    expect(span?.parentSpanId).toBeUndefined();
  },
);

test('a part of nothing is done, not told', async () => {
  let position: string | null = 'unknown';
  const spans = await collect(({ step, note, position: here }) =>
    step(part, async () => {
      note({ lost: 1 });
      position = here();
    }),
  );
  expect({ spans, position }).toEqual({ spans: [], position: null });
});

test('what a caller decided about keeping a trace holds here; else the share does', async () => {
  const none = await collect(({ step }) => step(begin, () => step(part, async () => undefined)), 0);
  expect(none).toEqual([]);
  const parent = `00-${traceId}-b7ad6b7169203331-01`;
  const theirs = await collect(({ step }) => step({ ...begin, parent }, async () => undefined), 0);
  expect(theirs).toHaveLength(1);
});

test('a failure is told by its kind, never in its words, and passed on', async () => {
  class Refused extends Error {}
  const coded = Object.assign(new Error('Key (email)=(me@example.com)'), { code: '23505' });
  const failures = [new Refused('me@example.com'), coded];
  const spans = await collect(async ({ step }) => {
    for (const failure of failures) {
      await expect(step(begin, () => Promise.reject(failure))).rejects.toBe(failure);
    }
  });
  expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual(['Refused', '23505']);
  expect(spans.every(({ status }) => status.code === 2)).toBe(true);
  expect(JSON.stringify(spans)).not.toContain('me@example.com');
});

test('a collector that refuses is said once, however often it does', async () => {
  const collector = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(400).end());
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const warned: string[] = [];
  const warn: Log['warn'] = (_, message) => warned.push(message);
  const tracing = connect(`http://127.0.0.1:${port}`, { log: { ...silent, warn } });
  // More than one batch.
  for (let count = 0; count < 600; count++) await tracing.step(begin, async () => undefined);
  await tracing.close();
  collector.closeAllConnections();
  collector.close();
  expect(warned).toEqual([expect.stringContaining('cannot be sent')]);
});
