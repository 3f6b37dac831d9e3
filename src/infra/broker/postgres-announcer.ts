import { Client, Pool } from 'pg';
import type { Announcer, JobNotice } from '../../jobs/announcer.ts';
import type { Log } from '../../jobs/log.ts';

const channel = 'job_runs';
const longestPauseMs = 5_000;

/**
 * Notices over PostgreSQL's LISTEN and NOTIFY: one listening connection per process, re-made when it is
 * lost. What is announced meanwhile is not heard; listeners re-read.
 */
export function createPostgresAnnouncer(databaseUrl: string, log: Log): Announcer {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', (error) => log.warn({ err: error }, 'announcing connection lost'));
  const listeners = new Set<(notice: JobNotice) => void>();
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
      const [jobRunId = '', sequence] = (payload ?? '').split(' ');
      for (const listener of listeners) listener({ jobRunId, sequence: Number(sequence) });
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
    async announce({ jobRunId, sequence }) {
      await pool
        .query('select pg_notify($1, $2)', [channel, `${jobRunId} ${sequence}`])
        .catch((error) => log.warn({ err: error, jobRunId }, 'not announced'));
    },
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
