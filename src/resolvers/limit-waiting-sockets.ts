import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { callerAt } from '../domain/identity/meter.ts';

/** Counts the sockets of each address that have not shown a token yet: nobody pays for those. */
export interface WaitingSockets {
  /** Whether an address may open one more. */
  hasRoom(request: IncomingMessage): boolean;
  /** Count a socket until it is let in, or closes. */
  wait(socket: WebSocket, request: IncomingMessage): void;
  letIn(socket: WebSocket): void;
}

/** @param most of one address, which many people may share who come back at once. */
export function limitWaitingSockets(
  addressOf: (request: IncomingMessage) => string | null,
  most: number,
): WaitingSockets {
  const counts = new Map<string, number>();
  const callers = new WeakMap<WebSocket, string>();
  const callerOf = (request: IncomingMessage) => callerAt(addressOf(request));
  const letIn = (socket: WebSocket) => {
    const caller = callers.get(socket);
    if (caller === undefined) return;
    callers.delete(socket);
    const left = (counts.get(caller) ?? 1) - 1;
    if (left > 0) counts.set(caller, left);
    else counts.delete(caller);
  };
  return {
    hasRoom: (request) => (counts.get(callerOf(request)) ?? 0) < most,
    wait(socket, request) {
      const caller = callerOf(request);
      callers.set(socket, caller);
      counts.set(caller, (counts.get(caller) ?? 0) + 1);
      socket.once('close', () => letIn(socket));
    },
    letIn,
  };
}
