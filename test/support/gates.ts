import { Client } from 'pg';
import { runAs } from './test-services.ts';
import { until } from './until.ts';

/** Where a worker can be made to stand: before which statement it comes to the gate. */
const gates = {
  archive: 'insert on source_objects for each statement',
  // In the middle of the COPY: two of five campaigns have passed.
  stage: `insert on staging.media_rows for each row when (new.campaign = 'Retargeting')`,
  check: 'insert on rejected_rows for each statement',
  turn: 'insert on slices for each statement',
  resolve: 'insert on creatives for each statement',
  apply: 'insert on daily_metrics for each statement',
  finish: `update on ingestion_runs for each statement when (current_user = 'mediagraph_worker')`,
  end: `update on job_runs for each row when (new.status = 'SUCCEEDED' and new.name = 'ingest-feed')`,
};

/** A gate, or a table whose readers are to stand. */
type Place = keyof typeof gates | 'list';

/** A gate that is closed. */
export interface ClosedGate {
  /** Wait until this many sessions stand before it. @returns their process ids. */
  reached(count?: number): Promise<number[]>;
  /** Let those who stand there pass, and nobody who comes later. */
  letPass(): Promise<void>;
  open(): Promise<void>;
}

const passing = (step: string) =>
  `create or replace function drills.pass() returns trigger language plpgsql security definer as
     $$ begin ${step} return new; end $$;`;

/** Build gates into a database. They are open; the database alone knows of them. */
export async function buildGates(superuserUrl: string) {
  const places = Object.entries(gates).map(
    ([name, event]) => `
      create table drills.${name} ();
      create trigger drill_${name} before ${event} execute function drills.pass('${name}');`,
  );
  await runAs(
    superuserUrl,
    `create schema drills;
     ${passing('execute format($s$lock table drills.%I in row exclusive mode$s$, tg_argv[0]);')}
     ${places.join('')}`,
  );
  return {
    close: (place: Place) =>
      // What a run has found in the bucket it compares with what it knows: there reading must wait.
      place === 'list'
        ? holdTable(superuserUrl, 'source_objects', 'access exclusive')
        : holdTable(superuserUrl, `drills.${place}`),
    /** Nobody who comes from now on stands before any gate, closed or not. */
    goAround: () => runAs(superuserUrl, passing('')),
  };
}

/** Hold a table, so that whoever writes to it stands before it. */
export async function holdTable(
  superuserUrl: string,
  table: string,
  mode: 'exclusive' | 'access exclusive' = 'exclusive',
): Promise<ClosedGate> {
  const lock = async () => {
    const client = new Client({ connectionString: superuserUrl });
    // A database that is restarted opens its gates.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const locked = client.query(`lock table ${table} in ${mode} mode`);
    return { client, pid: rows[0]?.pid ?? 0, locked };
  };
  const standing = async () => {
    const { rows } = await keeper.client.query<{ pid: number }>(
      `select distinct pid from pg_locks where not granted and relation = $1::regclass
         and database = (select oid from pg_database where datname = current_database())`,
      [table],
    );
    return rows.map(({ pid }) => pid);
  };
  let keeper = await lock();
  await keeper.locked;
  return {
    reached: (count = 1) =>
      until(`${count} before ${table}`, async () => {
        const pids = await standing();
        return pids.length >= count && pids;
      }),
    async letPass() {
      // Locks are given in the order in which they were asked for.
      const next = await lock();
      await until('a place behind those who stand', async () =>
        (await standing()).includes(next.pid),
      );
      await keeper.client.end();
      await next.locked;
      keeper = next;
    },
    open: () => keeper.client.end().catch(() => undefined),
  };
}
