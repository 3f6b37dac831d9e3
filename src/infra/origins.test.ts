import { addressBehind } from './address-behind.ts';
import { mayOpenSocket } from './origins.ts';

test.each([
  [undefined, true],
  ['https://app.example', true],
  ['https://graph.example', true],
  ['http://graph.example:4000', false],
  ['https://app.example.evil.example', false],
  ['https://evil.example', false],
  ['null', false],
  ['', false],
])('a page of %s may open a WebSocket: %s', (origin, isAllowed) => {
  const headers = { host: 'graph.example', ...(origin !== undefined && { origin }) };
  expect(mayOpenSocket(['https://app.example'], { headers })).toBe(isAllowed);
});

test.each([
  [0, '203.0.113.7', '10.0.0.1'],
  [1, '203.0.113.7', '203.0.113.7'],
  [1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [2, '198.51.100.1, 203.0.113.7', '198.51.100.1'],
  [2, '203.0.113.7', '203.0.113.7'],
  [1, undefined, '10.0.0.1'],
])('behind %i proxies, forwarded for %s, a request is from %s', (proxies, forwarded, address) => {
  const headers = { ...(forwarded && { 'x-forwarded-for': forwarded }) };
  const socket = { remoteAddress: '10.0.0.1' };
  expect(addressBehind(proxies, { headers, socket } as never)).toBe(address);
});
