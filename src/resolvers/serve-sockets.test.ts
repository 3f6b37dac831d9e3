import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { makeServer } from 'graphql-ws';
import WebSocket, { type WebSocketServer } from 'ws';
import { until } from '../../test/support/until.ts';
import { limitWaitingSockets } from './limit-waiting-sockets.ts';
import { type SocketExtra, serveSockets } from './serve-sockets.ts';

const http = createServer();
const lines: { details: object; message: string }[] = [];
const note = (details: object, message: string) => void lines.push({ details, message });
const printed: unknown[] = [];
let url: string;
let sockets: WebSocketServer;

beforeAll(async () => {
  // This file's own.
  console.error = (...what) => void printed.push(what);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
  const log = { debug: note, warn: note };
  sockets = serveSockets(makeServer<never, SocketExtra>({}), {
    http,
    path: '/graphql',
    mostSockets: 2,
    mayOpen: () => true,
    waiting: limitWaitingSockets(({ headers }) => headers['user-agent'] ?? null, 1),
    log,
  });
});
beforeEach(() => {
  lines.length = 0;
});
afterEach(() => left(0));
afterAll(() => http.close());

let caller = 0;

/** From an address of its own where none is named. */
async function open(address = `caller-${++caller}`): Promise<WebSocket> {
  const headers = { 'user-agent': address };
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  await once(socket, 'open');
  return socket;
}

/** Wait until the server has no more sockets than this. */
const left = (count: number) => until('their end', async () => sockets.clients.size <= count);

test('a frame that is none ends its socket, and is one line of the log', async () => {
  const { hostname, port } = new URL(url);
  const connection = connect(Number(port), hostname);
  const request = [
    'GET /graphql HTTP/1.1',
    'Host: x',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  ];
  connection.write(`${request.join('\r\n')}\r\n\r\n`);
  await once(connection, 'data');
  connection.resume().write(Buffer.from([0xf1, 0x80, 0, 0, 0, 0]));
  await once(connection, 'end');
  connection.end();
  expect(lines).toEqual([
    {
      details: { reason: expect.stringContaining('Invalid WebSocket frame') },
      message: 'socket broke',
    },
  ]);
  expect(printed).toEqual([]);
});

test('a message that only servers send ends its socket, and is in the log alone', async () => {
  const socket = await open();
  socket.send('{"type":"connection_ack"}');
  const [code, reason] = await once(socket, 'close');
  expect([code, String(reason)]).toEqual([4500, 'Something went wrong on our side.']);
  expect(lines).toMatchObject([{ message: 'socket failed' }]);
  expect(printed).toEqual([]);
});

test('one socket more than may be is answered 503, until another closes', async () => {
  const first = await open();
  const second = await open();
  const refused = new WebSocket(url, 'graphql-transport-ws');
  const [{ message }] = await once(refused, 'error');
  expect(message).toContain('503');
  first.close();
  await left(1);
  for (const socket of [second, await open()]) socket.close();
});

test('an address has so many sockets open that have not shown a token, and no more', async () => {
  const silent = await open('somebody');
  await expect(open('somebody')).rejects.toThrow('429');
  const other = await open('somebody else');
  silent.terminate();
  await left(1);
  const next = await open('somebody');
  for (const socket of [other, next]) socket.terminate();
});
