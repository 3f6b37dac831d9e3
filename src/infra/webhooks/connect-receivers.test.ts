import { startReceiver } from '../../../test/support/webhook-receiver.ts';
import type { ResolveName } from '../guarded-fetch/guarded-lookup.ts';
import { connectReceivers } from './connect-receivers.ts';

const request = { headers: { 'webhook-id': 'msg' }, body: '{}' };
const unhurried = new AbortController().signal;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(async () => {
  receiver.close();
  await Promise.all(closing.map((close) => close()));
});

function connect(standIn: string | undefined, more: Parameters<typeof connectReceivers>[1] = {}) {
  const { receivers, close } = connectReceivers({ WEBHOOK_STAND_IN: standIn }, more);
  closing.push(close);
  return receivers;
}

test.each([
  ['http://hooks.example/', 'SCHEME'],
  ['ftp://hooks.example/', 'SCHEME'],
  ['https://user:secret@hooks.example/', 'CREDENTIALS'],
  ['https://127.0.0.1/', 'ADDRESS'],
  ['https://2130706433/', 'ADDRESS'],
  ['https://0x7f.1/', 'ADDRESS'],
  ['https://[::1]/', 'ADDRESS'],
  ['https://[::ffff:10.0.0.1]/', 'ADDRESS'],
  ['https://169.254.169.254/latest/meta-data/', 'ADDRESS'],
  ['https://10.0.0.1:8443/', 'ADDRESS'],
  ['https://hooks.example/path?key=1', null],
  ['https://8.8.8.8/', null],
])('%s: %s', (url, refusal) => {
  expect(connect(undefined).refusalOf(new URL(url))).toBe(refusal);
});

test('what stands in for receivers is reached, at its own port and nowhere else on this machine', async () => {
  const other = await startReceiver();
  const receivers = connect(receiver.url);
  expect(receivers.refusalOf(new URL(`${receiver.url}/hook`))).toBeNull();
  expect(receivers.refusalOf(new URL(other.url))).toBe('SCHEME');
  expect(await receivers.post(`${receiver.url}/hook`, request, unhurried)).toEqual({
    ...{ status: 204, error: null },
  });
  expect(receiver.received.at(-1)).toMatchObject({
    ...{ path: '/hook', body: '{}', headers: { 'webhook-id': 'msg' } },
  });
  expect(await receivers.post(other.url, request, unhurried)).toMatchObject({ status: null });
  expect(other.received).toEqual([]);
  other.close();
});

test('a redirect is not followed, what never ends is not read, and who says nothing is left', async () => {
  const receivers = connect(receiver.url, { timeoutMs: 300 });
  const before = receiver.received.length;
  const post = () => receivers.post(receiver.url, request, unhurried);
  receiver.instead.push((response) => response.writeHead(307, { location: '/elsewhere' }).end());
  expect(await post()).toEqual({ status: 307, error: null });
  expect(receiver.received).toHaveLength(before + 1);

  let sent = 0;
  const brokenOff = Promise.withResolvers<void>();
  receiver.instead.push((response) => {
    const write = () => {
      while (sent < 50_000_000 && response.write(Buffer.alloc(10_000))) sent += 10_000;
      response.once('drain', write);
    };
    response.once('close', brokenOff.resolve);
    write();
  });
  expect(await post()).toEqual({ status: 200, error: null });
  await brokenOff.promise;
  expect(sent).toBeLessThan(50_000_000);

  receiver.instead.push(() => undefined);
  expect(await post()).toEqual({
    ...{ status: null, error: 'The receiver did not answer within 0.3 s.' },
  });
  const stop = new AbortController();
  receiver.instead.push(() => stop.abort(new Error('enough')));
  await expect(receivers.post(receiver.url, request, stop.signal)).rejects.toThrow('enough');
});

test('a name is looked up for each connection, and leads to the open internet alone', async () => {
  const turns = ['10.0.0.1', '127.0.0.1', '169.254.169.254'];
  const resolve: ResolveName = (_, done) =>
    done(null, [{ address: turns.shift() ?? '', family: 4 }]);
  const receivers = connect(undefined, { resolve });
  const error =
    'The address leads to where nothing may be sent: a private network, or this machine.';
  for (const port of new Set([443, new URL(receiver.url).port, 8443])) {
    const url = `https://rebinding.example:${port}/`;
    expect(await receivers.post(url, request, unhurried)).toEqual({ status: null, error });
  }
  expect(turns).toEqual([]);
  const nowhere = connect(undefined, { resolve: (_, done) => done(codeOf('ENOTFOUND'), []) });
  expect(await nowhere.post('https://nowhere.example/', request, unhurried)).toEqual({
    ...{ status: null, error: 'The receiver could not be reached (ENOTFOUND).' },
  });
});

function codeOf(code: string): Error {
  return Object.assign(new Error('not found'), { code });
}
