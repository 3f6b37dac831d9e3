import { parseRedisUrl, showRedisAddress } from './redis-url.ts';

test.each([
  ['redis://cache', { form: 'redis', tls: false, hosts: [{ host: 'cache', port: 6379 }], db: 0 }],
  [
    'redis://cache:7000/3',
    { form: 'redis', tls: false, hosts: [{ host: 'cache', port: 7000 }], db: 3 },
  ],
  [
    'rediss://app:p%40ss:word@cache:6380',
    {
      form: 'redis',
      tls: true,
      username: 'app',
      password: 'p@ss:word',
      hosts: [{ host: 'cache', port: 6380 }],
      db: 0,
    },
  ],
  [
    'redis://:secret@[::1]:6379',
    { form: 'redis', tls: false, password: 'secret', hosts: [{ host: '::1', port: 6379 }], db: 0 },
  ],
  [
    'redis+sentinel://:secret@a:26379,b/main/2',
    {
      form: 'sentinel',
      tls: false,
      password: 'secret',
      hosts: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 26_379 },
      ],
      db: 2,
      master: 'main',
    },
  ],
  [
    'rediss+cluster://a:7000,b:7001',
    {
      form: 'cluster',
      tls: true,
      hosts: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 7001 },
      ],
      db: 0,
    },
  ],
])('%s is understood', (url, address) => {
  expect(parseRedisUrl(url)).toEqual(address);
});

test.each([
  ['http://cache', 'must begin with redis://'],
  ['redis://', 'must name its hosts'],
  ['redis://cache:99999', 'must name its hosts'],
  ['redis://cache:port', 'must name its hosts'],
  ['redis://a,b', 'several hosts'],
  ['redis://cache/first', 'number of a database'],
  ['redis+sentinel://a:26379', "master's name"],
  ['redis+cluster://a/1', 'which a cluster does not have'],
])('%s is refused', (url, reason) => {
  expect(() => parseRedisUrl(url)).toThrow(reason);
});

test('an address is shown without its password', () => {
  expect(showRedisAddress('rediss://app:secret@cache:6380/1')).toBe('redis at cache:6380');
});
