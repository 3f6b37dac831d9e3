import { Client, Pool } from 'pg';
import { together } from '../../domain/together.ts';
import type { Announcer, Notice } from '../../jobs/announcer.ts';
import type { Log } from '../../jobs/log.ts';
import { readNotice, writeNotice } from './notice-text.ts';

const channel = 'job_runs';
const longestPauseMs = 5_000;

/**
 * Notices over PostgreSQL's LISTEN and NOTIFY: one listening connection per process, re-made when it is
 * lost. What is announced meanwhile is not heard; listeners re-read.
 */
export function createPostgresAnnouncer(databaseUrl: string, log: Log): Announcer {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', (error) => log.warn({ err: error }, 'announcing connection lost'));
  const listeners = new Set<(notice: Notice) => void>();
  let client: Client | undefined;
  let isClosed = false;
  let pauseMs = 50;

  const connect = async () => {
    const next = new Client({ connectionString: databaseUrl, keepAlive: true });
    client = next;
    next.on('error', (error) => log.warn({ err: error }, 'listening connection lost'));
    next.once('end', () => {
      if (isClosed || client !== next) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      setTimeout(() => void connect(), pauseMs).unref();
    });
    next.on('notification', ({ payload }) => {
      const notice = readNotice(payload ?? '');
      for (const listener of listeners) listener(notice);
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      pauseMs = 50;
    } catch (error) {
      log.warn({ err: error }, 'cannot listen yet');
      await next.end().catch(() => undefined);
    }
  };

  return {
    announce: together(async (notices) => {
      await pool
        .query('select pg_notify($1, notice) from unnest($2::text[]) notice', [
          channel,
          notices.map(writeNotice),
        ])
        .catch((error) => log.warn({ err: error, notices }, 'not announced'));
      return notices.map(() => undefined);
    }),
    listen(onNotice) {
      listeners.add(onNotice);
      if (!client) void connect();
      return () => listeners.delete(onNotice);
    },
    async close() {
      isClosed = true;
      await client?.end().catch(() => undefined);
      await pool.end();
    },
  };
}
