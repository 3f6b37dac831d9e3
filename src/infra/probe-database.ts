import { Pool } from 'pg';
import type { Log } from '../jobs/log.ts';

/**
 * A few connections beside the application's: probes and scrapes are answered although its pool is used up,
 * and give up soon where the database does not answer.
 */
export interface ProbeDatabase {
  /** @throws {Error} when the database does not answer. */
  ping(): Promise<void>;
  /** Call a function of the database. */
  call<Row extends object>(name: string, ...parameters: string[]): Promise<Row[]>;
  close(): Promise<void>;
}

const connectWithinMs = 2_000;
/** Counting a long backlog takes a while; a scrape may take 10 s. */
const answerWithinMs = 5_000;

export function createProbeDatabase(databaseUrl: string, log: Log): ProbeDatabase {
  const pool = new Pool({
    connectionString: databaseUrl,
    // One each for a probe, a scrape and the two checks of health that ask here.
    max: 4,
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: answerWithinMs,
    statement_timeout: answerWithinMs,
    application_name: 'mediagraph-probe',
  });
  pool.on('error', (error) => log.warn({ err: error }, 'probing connection lost'));
  return {
    async ping() {
      await pool.query('select');
    },
    async call(name, ...parameters) {
      const placeholders = parameters.map((_, index) => `$${index + 1}`).join(', ');
      return (await pool.query(`select * from ${name}(${placeholders})`, parameters)).rows;
    },
    close: () => pool.end(),
  };
}
