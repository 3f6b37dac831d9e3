import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Viewer } from '../domain/identity/viewer.ts';
import type { Log } from '../jobs/log.ts';
import type { Authenticator } from './graph-services.ts';

export interface EndedSocketOptions {
  authenticator: Pick<Authenticator, 'findEnded'>;
  /** How often the tokens of all open sockets are looked at. */
  everyMs: number;
  log: Pick<Log, 'warn'>;
}

/**
 * Close the sockets whose token has ended, or whose session or service token was ended: all are looked up in one
 * statement. Nothing is told to anybody meanwhile, since each event is read as whom the token stands for by then.
 *
 * @returns watches a socket until it closes; and how to stop.
 */
export function closeEndedSockets({ authenticator, everyMs, log }: EndedSocketOptions) {
  const open = new Map<WebSocket, Viewer>();

  const closeEnded = async () => {
    const viewers = [...open.values()];
    if (viewers.length === 0) return;
    const ended = new Set(
      await authenticator.findEnded({
        sessionIds: viewers.flatMap(({ session }) => session?.id ?? []),
        serviceTokenIds: viewers.flatMap(({ serviceToken }) => serviceToken?.id ?? []),
      }),
    );
    for (const [socket, { session, serviceToken }] of open) {
      if (ended.has(session?.id ?? serviceToken?.id ?? '')) {
        socket.close(CloseCode.Forbidden, 'This access has ended.');
      } else if (session && session.tokenEndsAt.getTime() <= Date.now()) {
        socket.close(CloseCode.Forbidden, 'The token has expired; refresh it, or sign in again.');
      }
    }
  };

  let isLooking = false;
  const looking = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void closeEnded()
      .catch((err) => log.warn({ err }, 'the sessions of sockets were not looked up'))
      .finally(() => {
        isLooking = false;
      });
  }, everyMs);
  return {
    watch(socket: WebSocket, viewer: Viewer): void {
      // Gone while its token was looked at: nothing would take it out again.
      if (socket.readyState !== socket.OPEN) return;
      open.set(socket, viewer);
      socket.once('close', () => open.delete(socket));
    },
    stop: () => clearInterval(looking),
  };
}
