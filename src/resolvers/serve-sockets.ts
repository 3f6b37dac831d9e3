import type { IncomingMessage, Server } from 'node:http';
import { CloseCode, handleProtocols, type Server as Protocol } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../jobs/log.ts';
import { dropDeafSocket } from './drop-deaf-socket.ts';
import type { WaitingSockets } from './limit-waiting-sockets.ts';

/** What is known of a socket beside what it says. */
export interface SocketExtra {
  socket: WebSocket;
  request: IncomingMessage;
}

export interface SocketServerOptions {
  http: Server;
  path: string;
  /** How many sockets may be open at once; one more is answered 503. */
  mostSockets: number;
  /** Whether a page that a browser shows may open one; one that may not is answered 403. */
  mayOpen(request: IncomingMessage): boolean;
  /** Those that have not shown a token yet; one more of an address than may be is answered 429. */
  waiting: Pick<WaitingSockets, 'hasRoom' | 'wait'>;
  log: Pick<Log, 'debug' | 'warn'>;
}

/** One that is refused and does not hang up keeps its place no longer; the types of ws do not have this one. */
const closing = { closeTimeout: 3_000 };

/** How often a socket is asked whether it is still there. */
const pingMs = 12_000;

/** Speak graphql-ws over WebSockets. `graphql-ws/use/ws` does so too, but prints what callers do wrong on stderr. */
export function serveSockets(
  protocol: Protocol<SocketExtra>,
  { http, path, mostSockets, mayOpen, waiting, log }: SocketServerOptions,
): WebSocketServer {
  const sockets: WebSocketServer = new WebSocketServer({
    server: http,
    path,
    maxPayload: 1_000_000,
    ...closing,
    handleProtocols,
    verifyClient({ req }, answer) {
      if (!mayOpen(req)) return answer(false, 403, 'This origin opens no WebSockets here.');
      if (!waiting.hasRoom(req)) {
        return answer(false, 429, 'Too many WebSockets that say nothing; try again later.');
      }
      if (sockets.clients.size < mostSockets) return answer(true);
      answer(false, 503, 'This server has as many WebSockets as it may; try again later.');
    },
  });
  // It repeats the errors of the HTTP server, which that one's owner handles.
  sockets.on('error', () => undefined);
  sockets.on('connection', (socket, request) => {
    // Frames that are none, and connections that break; the socket closes by itself.
    socket.on('error', ({ message }) => log.debug({ reason: message }, 'socket broke'));
    waiting.wait(socket, request);
    dropDeafSocket(socket);
    dropSilentSocket(socket);
    const failed = (err: unknown) => {
      log.warn({ err }, 'socket failed');
      socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
    };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // One that cannot be written to closes, which ends what it listens to.
        send: (text) => new Promise((resolve) => socket.send(text, () => resolve())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data) => void handle(String(data)).catch(failed)),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)).catch(failed));
  });
  return sockets;
}

/** Close the socket of a caller that is not there any more. */
function dropSilentSocket(socket: WebSocket): void {
  let isThere = true;
  socket.on('pong', () => {
    isThere = true;
  });
  const pinging = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    socket.ping();
  }, pingMs);
  socket.once('close', () => clearInterval(pinging));
}
