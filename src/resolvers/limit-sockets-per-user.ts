import type { WebSocket } from 'ws';
import { DomainError } from '../domain/errors.ts';

/**
 * Count the open sockets of each user or service token.
 *
 * @returns counts a socket until it closes. @throws {DomainError} RATE_LIMITED: the user has as many as may be.
 */
export function limitSocketsPerUser(most: number): (socket: WebSocket, userId: string) => void {
  const open = new Map<string, number>();
  return (socket, userId) => {
    // Gone while its token was looked at: nothing would give its place back.
    if (socket.readyState !== socket.OPEN) return;
    const count = open.get(userId) ?? 0;
    if (count >= most) {
      throw new DomainError('RATE_LIMITED', `You have ${count} WebSockets open; close one first.`);
    }
    open.set(userId, count + 1);
    socket.once('close', () => {
      const left = (open.get(userId) ?? 1) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    });
  };
}
