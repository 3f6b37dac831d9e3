import type { WebSocket } from 'ws';

/** Far more than the answers that a reader is behind with. */
const mostUnreadBytes = 4_000_000;

/**
 * Close the socket of a caller that goes on asking and does not read what it is answered: it would be kept in
 * memory without end. States of subscriptions wait for each other, so that only what a caller sends adds to it.
 */
export function dropDeafSocket(socket: WebSocket): void {
  socket.on('message', () => {
    if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
  });
}
