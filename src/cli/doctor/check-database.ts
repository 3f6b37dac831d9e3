import { checkRole, createDatabase, RoleError } from '../../infra/database.ts';
import type { OperatorDatabase } from '../../infra/operator-database.ts';
import { migrationNames } from '../../infra/schema-version.ts';
import { messageOf } from '../output.ts';
import { type Check, fail, look, ok, warn } from './check.ts';

const slowMs = 50;
const mostSkewMs = 2_000;
const leastVersion = 18;

/** The database as a process has it: reachable, quick, and the role bound. */
export function checkDatabase(setting: string, url: string): Promise<Check[]> {
  const cure = `start PostgreSQL, or correct ${setting}`;
  return look(setting, cure, async () => {
    const database = await createDatabase({ url, poolSize: 1, connectTimeoutMs: 5_000 });
    try {
      await database.call('now');
      const startedAt = performance.now();
      await database.call('now');
      const ms = performance.now() - startedAt;
      const latency = `answers in ${ms.toFixed(1)} ms`;
      const answers =
        ms < slowMs
          ? ok(setting, latency)
          : warn(setting, latency, 'bring it nearer: an operation is several statements');
      const role = await checkRole(database, setting).then(
        () => ok(`role of ${setting}`, 'bound by row-level security'),
        (error) =>
          error instanceof RoleError
            ? fail(`role of ${setting}`, error.message, 'see docs/deployment.md, roles')
            : fail(`role of ${setting}`, messageOf(error), 'run `migrate`'),
      );
      return [answers, role];
    } finally {
      await database.close();
    }
  });
}

/** The database as its owner has it: version, clock, connections, migrations, extension. */
export async function checkOwner({ asOwner }: OperatorDatabase): Promise<Check[]> {
  const [state] = await asOwner<{
    version: string;
    now_ms: string;
    connections: number;
    most: number;
    extension: boolean;
    available: boolean;
    migrated: boolean;
  }>(
    `select current_setting('server_version') as version,
       (extract(epoch from clock_timestamp()) * 1000)::text as now_ms,
       (select sum(numbackends)::int from pg_stat_database) as connections,
       current_setting('max_connections')::int as most,
       exists (select from pg_extension where extname = 'btree_gist') as extension,
       exists (select from pg_available_extensions where name = 'btree_gist') as available,
       to_regclass('public.migrations') is not null as migrated`,
  );
  if (!state) return [];
  const aheadMs = Number(state.now_ms) - Date.now();
  return [
    Number.parseInt(state.version, 10) >= leastVersion
      ? ok('PostgreSQL', state.version)
      : warn('PostgreSQL', state.version, `PostgreSQL ${leastVersion} is what is tested`),
    Math.abs(aheadMs) < mostSkewMs
      ? ok('clock of the database', `${aheadMs.toFixed(0)} ms from this machine's`)
      : warn(
          'clock of the database',
          `${aheadMs.toFixed(0)} ms from this machine's`,
          'run NTP on both',
        ),
    state.connections < 0.8 * state.most
      ? ok('connections', `${state.connections} of ${state.most}`)
      : warn(
          'connections',
          `${state.connections} of ${state.most}`,
          'raise max_connections: docs/operations.md#connections',
        ),
    ...(await checkMigrations(asOwner, state.migrated)),
    state.extension
      ? ok('extension btree_gist', 'installed')
      : fail(
          'extension btree_gist',
          state.available ? 'not installed' : 'not available',
          state.available ? 'run `migrate`' : 'install postgresql-contrib on the database server',
        ),
  ];
}

async function checkMigrations(
  asOwner: OperatorDatabase['asOwner'],
  migrated: boolean,
): Promise<Check[]> {
  const rows = migrated ? await asOwner<{ name: string }>('select name from migrations') : [];
  const applied = new Set(rows.map(({ name }) => name));
  const missing = migrationNames.filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !migrationNames.includes(name));
  if (missing.length > 0) {
    return [fail('migrations', `missing: ${missing.join(', ')}`, 'run `migrate`')];
  }
  return [
    unknown.length > 0
      ? warn('migrations', `newer than this program: ${unknown.join(', ')}`, 'deploy that version')
      : ok('migrations', `at ${migrationNames.at(-1)}`),
  ];
}
