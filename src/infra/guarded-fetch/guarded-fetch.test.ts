import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createGuardedClient } from './guarded-client.ts';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts';
import type { ResolveName } from './guarded-lookup.ts';
import type { OutgoingPolicy } from './outgoing-policy.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const opened: GuardedFetch[] = [];
const servers: Server[] = [];
/** What the servers were asked for. */
let asked: IncomingMessage[] = [];
let port: number;
let answers: Record<string, Answer> = {};

async function serve(host: string): Promise<number> {
  const server = createServer((request, response) => {
    asked.push(request);
    const answer = answers[request.url ?? ''];
    if (answer) answer(request, response);
    else response.end('hello');
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(port ?? 0, host, ready));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  port = await serve('127.0.0.1');
  await serve('::1');
});
beforeEach(() => {
  asked = [];
  answers = {};
});
afterEach(() => Promise.all(opened.splice(0).map(({ close }) => close())));
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** May reach 127.0.0.1 and nothing else of this machine. */
const policy = (more: Partial<OutgoingPolicy> = {}): OutgoingPolicy => ({
  hosts: [`127.0.0.1:${port}`],
  schemes: ['http:'],
  mostBytes: 1000,
  timeoutMs: 10_000,
  loopback: ['127.0.0.1'],
  ...more,
});

function open(more: Partial<OutgoingPolicy> = {}, resolve?: ResolveName): typeof fetch {
  const guarded = createGuardedFetch(policy(more), resolve);
  opened.push(guarded);
  return guarded.fetch;
}

const redirect =
  (location: string, status = 302): Answer =>
  (_, response) =>
    response.writeHead(status, { location }).end();
const url = (path: string) => `http://127.0.0.1:${port}${path}`;
const allHosts = (host: string) => [host, `${host}:${port}`, `127.0.0.1:${port}`];

describe('an address', () => {
  test.each([
    ['loopback of version 6', '[::1]'],
    ['version 4 in version 6', '[::ffff:127.0.0.1]'],
    ['version 4 in version 6, in hexadecimal', '[::ffff:7f00:1]'],
    ['decimal', '2130706433'],
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.1'],
    ['short', '127.1'],
    ['this host', '0.0.0.0'],
    ['a name of this machine', 'localhost'],
    ['metadata', '169.254.169.254'],
    ['metadata, decimal', '2852039166'],
    ['private', '10.0.0.1'],
  ])(
    'that is %s is refused, although its host is named, first and after a redirect',
    async (_, host) => {
      const target = new URL(`http://${host}:${port}/`);
      const hosts = allHosts(target.hostname);
      const strict = open({ hosts, loopback: [] });
      await expect(strict(target)).rejects.toMatchObject({ reason: 'ADDRESS' });
      expect(asked).toEqual([]);
      // These lead where it may go then.
      if (['127.0.0.1', 'localhost'].includes(target.hostname)) return;
      answers = { '/away': redirect(target.href) };
      await expect(open({ hosts, loopback: ['127.0.0.1'] })(url('/away'))).rejects.toMatchObject({
        reason: 'ADDRESS',
      });
      expect(asked.map((each) => each.url)).toEqual(['/away']);
    },
  );

  test('of a name is refused where any of its addresses is private', async () => {
    const addresses: LookupAddress[] = [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    const guarded = open({ hosts: [`both.example:${port}`] }, (_, done) => done(null, addresses));
    await expect(guarded(`http://both.example:${port}/`)).rejects.toMatchObject({
      reason: 'ADDRESS',
    });
  });

  test('is looked up once, and what was checked is what is reached', async () => {
    const turns = ['127.0.0.1', '169.254.169.254', '127.0.0.1'];
    let lookups = 0;
    const rebinding: ResolveName = (_, done) => {
      lookups += 1;
      done(null, [{ address: turns.shift() ?? '', family: 4 }]);
    };
    const hosts = [`turns.example:${port}`];
    answers = { '/': (_, response) => response.setHeader('connection', 'close').end('hello') };
    const guarded = open({ hosts }, rebinding);
    expect(await (await guarded(`http://turns.example:${port}/`)).text()).toBe('hello');
    expect([lookups, asked.length]).toEqual([1, 1]);
    // The next connection looks it up anew, and finds where it leads by then.
    await expect(guarded(`http://turns.example:${port}/`)).rejects.toMatchObject({
      reason: 'ADDRESS',
    });
    expect([lookups, asked.length]).toEqual([2, 1]);
  });

  test('a failure tells neither where the name led nor what is there', async () => {
    const resolve: ResolveName = (_, done) => done(null, [{ address: '10.1.2.3', family: 4 }]);
    const guarded = open({ hosts: [`inside.example:${port}`] }, resolve);
    const error = await guarded(`http://inside.example:${port}/`).catch((each) => each);
    expect(`${error.message} ${error.cause}`).toBe('The request was refused (ADDRESS) undefined');
  });
});

describe('a host', () => {
  test.each([
    ['that is not named', 'http://other.example/', 'HOST'],
    ['with another port', 'http://api.example:8080/', 'HOST'],
    ['whose name only ends alike', 'http://evilapi.example/', 'HOST'],
    ['above those that are named', 'http://files.example/', 'HOST'],
    ['of another scheme', 'https://api.example/', 'SCHEME'],
  ])('%s is refused before anything is looked up', async (_, target, reason) => {
    let lookups = 0;
    const resolve: ResolveName = (_name, done) => {
      lookups += 1;
      done(null, []);
    };
    const hosts = ['api.example', '*.files.example'];
    await expect(open({ hosts }, resolve)(target)).rejects.toMatchObject({ reason });
    expect(lookups).toBe(0);
  });

  test.each(['http://api.example/', 'http://API.example./', 'http://a.b.files.example/'])(
    '%s is named',
    async (target) => {
      const resolve: ResolveName = (_, done) => done(new Error('looked up'), []);
      const hosts = ['api.example', '*.files.example'];
      const failure = open({ hosts }, resolve)(target);
      await expect(failure).rejects.toMatchObject({ cause: { message: 'looked up' } });
    },
  );

  test('over HTTPS alone where nothing else is said', async () => {
    const { schemes: _, ...secure } = policy();
    const guarded = createGuardedFetch(secure);
    opened.push(guarded);
    await expect(guarded.fetch(url('/'))).rejects.toMatchObject({ reason: 'SCHEME' });
  });
});

describe('a redirect', () => {
  test('is followed within what is named, and its hops are counted', async () => {
    answers = { '/1': redirect('/2'), '/2': redirect('/3', 307), '/loop': redirect('/loop') };
    const response = await open()(url('/1'));
    expect([response.url, await response.text()]).toEqual([url('/3'), 'hello']);
    await expect(open()(url('/loop'))).rejects.toMatchObject({ reason: 'REDIRECTS' });
  });

  test.each([
    ['another host', 'http://other.example/', 'HOST'],
    ['what only looks named', 'http://127.0.0.1@other.example/', 'CREDENTIALS'],
    ['a file', 'file:///etc/passwd', 'SCHEME'],
    ['another protocol', 'gopher://127.0.0.1/', 'SCHEME'],
  ])('to %s is refused', async (_, location, reason) => {
    answers = { '/away': redirect(location) };
    await expect(open()(url('/away'))).rejects.toMatchObject({ reason });
  });

  test('to another origin is not told what was meant for the first', async () => {
    const resolve: ResolveName = (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    answers = {
      '/away': redirect(`http://second.example:${port}/there`),
      '/near': redirect('/here'),
    };
    const guarded = open({ hosts: [`127.0.0.1:${port}`, `second.example:${port}`] }, resolve);
    const headers = { authorization: 'Bearer secret', 'x-api-key': 'secret', accept: 'text/csv' };
    await guarded(url('/away'), { headers });
    await guarded(url('/near'), { headers });
    const [, there, , here] = asked;
    expect(there?.headers).toMatchObject({ accept: 'text/csv' });
    expect(JSON.stringify(there?.headers)).not.toContain('secret');
    expect(here?.headers).toMatchObject(headers);
  });

  test('of a POST becomes a GET or keeps its body, as its status says, and carries it nowhere else', async () => {
    answers = {
      '/303': redirect('/next', 303),
      '/308': redirect('/next', 308),
      '/away': redirect(`http://second.example:${port}/`, 307),
    };
    const guarded = open({ hosts: [`127.0.0.1:${port}`, `second.example:${port}`] });
    const post = { method: 'POST', body: 'body', headers: { 'content-type': 'text/plain' } };
    await guarded(url('/303'), post);
    await guarded(url('/308'), post);
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'POST']);
    expect(asked[1]?.headers['content-type']).toBeUndefined();
    await expect(guarded(url('/away'), post)).rejects.toMatchObject({ reason: 'REDIRECTS' });
  });

  test('is left to the caller who wants it so', async () => {
    answers = { '/away': redirect('http://other.example/') };
    const response = await open()(url('/away'), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'http://other.example/',
    ]);
  });
});

describe('a body', () => {
  test('that is larger than it may be is broken off, whatever was said of its size', async () => {
    let sent = 0;
    answers = {
      '/endless': (_, response) => {
        const write = () => {
          while (sent < 50_000_000 && response.write(Buffer.alloc(10_000))) sent += 10_000;
          response.once('drain', write);
        };
        write();
      },
    };
    const response = await open()(url('/endless'));
    await expect(response.text()).rejects.toMatchObject({ reason: 'SIZE' });
    expect(sent).toBeLessThan(50_000_000);
  });

  test('is measured unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(100_000));
    answers = {
      '/bomb': (_, response) => response.setHeader('content-encoding', 'gzip').end(packed),
      '/small': (_, response) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync('hello')),
      '/failure': (_, response) =>
        response.writeHead(500, { 'content-encoding': 'br' }).end(brotliCompressSync('why')),
      '/broken': (_, response) => response.setHeader('content-encoding', 'gzip').end('no gzip'),
    };
    expect(packed.length).toBeLessThan(1000);
    const guarded = open();
    await expect((await guarded(url('/bomb'))).text()).rejects.toMatchObject({ reason: 'SIZE' });
    expect(await (await guarded(url('/small'))).text()).toBe('hello');
    expect(await (await guarded(url('/failure'))).text()).toBe('why');
    const broken = (await guarded(url('/broken'))).text();
    await expect(broken).rejects.toMatchObject({ cause: { code: 'Z_DATA_ERROR' } });
  });

  test('that takes too long is broken off, as is a server that says nothing', async () => {
    answers = { '/slow': (_, response) => response.write('a'), '/silent': () => undefined };
    const guarded = open({ timeoutMs: 300 });
    await expect(guarded(url('/slow')).then((response) => response.text())).rejects.toMatchObject({
      reason: 'TIME',
    });
    await expect(guarded(url('/silent'))).rejects.toMatchObject({ reason: 'TIME' });
  });

  test('that nobody reads is let go of, with its connection', async () => {
    const gone = Promise.withResolvers<void>();
    answers = {
      '/long': (_, response) => {
        response.once('close', gone.resolve);
        response.write(Buffer.alloc(500));
      },
    };
    const response = await open()(url('/long'));
    await response.body?.cancel();
    await gone.promise;
  });

  test('that its caller wants no more is broken off', async () => {
    answers = { '/silent': () => undefined };
    const stop = new AbortController();
    const failure = open()(url('/silent'), { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(failure).rejects.toThrow('enough');
  });
});

test('the client of connectors tries again what may pass, and not what is refused', async () => {
  let failures = 1;
  answers = {
    '/busy': (_, response) => {
      response.statusCode = failures-- > 0 ? 503 : 200;
      response.setHeader('retry-after', '0').end('{"ok":true}');
    },
    '/away': redirect('http://10.0.0.1/'),
  };
  const client = createGuardedClient(policy({ hosts: [`127.0.0.1:${port}`, '10.0.0.1'] }));
  expect(await client.get(url('/busy')).json()).toEqual({ ok: true });
  expect(asked).toHaveLength(2);
  await expect(client.get(url('/away')).text()).rejects.toMatchObject({ reason: 'ADDRESS' });
  expect(asked).toHaveLength(3);
  await client.close();
});
