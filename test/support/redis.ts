import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../src/infra/embedded/free-port.ts';

/** Whether a redis-server is on this machine: `REQUIRE_REDIS` makes it an error where there is none. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** What the queue can be on, on this machine. */
export const queueBackends: readonly ('PostgreSQL' | 'Redis')[] = hasRedis
  ? ['PostgreSQL', 'Redis']
  : ['PostgreSQL'];

/** A Redis of its own, which keeps nothing on disk. */
export interface TestRedis {
  url: string;
  /** End it for now. */
  halt(): Promise<void>;
  /** Start it again: with nothing in it, at the same address. */
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options settings as `redis-server` takes them, such as `--maxmemory-policy`, `allkeys-lru`. */
export async function startRedis(...options: string[]): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'mediagraph-redis-'));
  const port = await freePort(0, 'port');
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const start = () => startServer([...place, '--save', '', ...options], 'Ready to accept');
  let server = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    halt: () => server.stop(),
    async start() {
      server = await start();
    },
    async restart() {
      await server.stop();
      server = await start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A sentinel that knows a Redis as the master `main`. */
export async function startSentinel(masterUrl: string): Promise<Pick<TestRedis, 'url' | 'stop'>> {
  const folder = await mkdtemp(join(tmpdir(), 'mediagraph-sentinel-'));
  const port = await freePort(0, 'port');
  const settings = join(folder, 'sentinel.conf');
  const master = `sentinel monitor main 127.0.0.1 ${new URL(masterUrl).port} 1`;
  await writeFile(settings, `port ${port}\nbind 127.0.0.1\ndir ${folder}\n${master}\n`);
  const server = await startServer([settings, '--sentinel'], '+monitor master');
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(args: string[], readyWords: string) {
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // Not left behind by a process that ends without stopping it.
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  for await (const line of createInterface(child.stdout)) if (line.includes(readyWords)) break;
  child.stdout.destroy();
  return {
    async stop() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
