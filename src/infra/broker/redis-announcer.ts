import { together } from '../../domain/together.ts';
import type { Announcer, Notice } from '../../jobs/announcer.ts';
import type { Log } from '../../jobs/log.ts';
import { readNotice, writeNotice } from './notice-text.ts';
import type { Redis } from './redis-connection.ts';

const separator = '\n';
const channel = 'mediagraph:job_runs';

/**
 * Notices over publish and subscribe. The subscribing connection re-makes itself when it is lost; what is
 * announced meanwhile is not heard, and listeners re-read.
 */
export function createRedisAnnouncer(commands: Redis, connect: () => Redis, log: Log): Announcer {
  const listeners = new Set<(notice: Notice) => void>();
  let subscriber: Redis | undefined;

  return {
    announce: together(async (notices) => {
      await commands
        .publish(channel, notices.map(writeNotice).join(separator))
        .catch((error) => log.warn({ err: error, notices }, 'not announced'));
      return notices.map(() => undefined);
    }),
    listen(onNotice) {
      listeners.add(onNotice);
      if (!subscriber) {
        subscriber = connect();
        subscriber.on('message', (_channel, message) => {
          for (const notice of message.split(separator).map(readNotice)) {
            for (const listener of listeners) listener(notice);
          }
        });
        void subscriber.subscribe(channel).catch(() => undefined);
      }
      return () => listeners.delete(onNotice);
    },
    async close() {
      subscriber?.disconnect();
    },
  };
}
