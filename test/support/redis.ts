import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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
  /** End it and start it again: with nothing in it, at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options settings as `redis-server` takes them, such as `--maxmemory-policy`, `allkeys-lru`. */
export async function startRedis(...options: string[]): Promise<TestRedis> {
  const port = await freePort(0, 'port');
  const start = async () => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...options];
    const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('Ready to accept connections')) break;
    }
    child.stdout.resume();
    return child;
  };
  const end = async (child: ChildProcess) => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  let child = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      await end(child);
      child = await start();
    },
    stop: () => end(child),
  };
}
