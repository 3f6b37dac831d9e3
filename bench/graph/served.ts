import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Observation } from './monitor.ts';

/** A server in a process of its own, watched from inside. */
export interface Served {
  url: string;
  /** What it did since it was last asked. */
  observe(): Promise<Observation>;
  stop(): Promise<void>;
}

/**
 * Start a server.
 *
 * @param script its compiled entry point.
 * @param flags for its Node, such as a profiler's.
 */
export async function serve(
  script: URL,
  env: Record<string, string>,
  flags: string[] = [],
): Promise<Served> {
  const monitor = new URL('./monitor.js', import.meta.url).href;
  const child = fork(script, {
    env: { ...process.env, ...env },
    execArgv: ['--import', monitor, ...flags],
  });
  const ended = once(child, 'exit');
  const { url } = await Promise.race([
    message<{ url?: string }>(child),
    ended.then(() => ({ url: '' })),
  ]);
  if (!url) throw new Error(`${script} did not start`);
  return {
    url,
    observe() {
      child.send('observe');
      return message(child);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once('message', (sent) => resolve(sent as T)));
}
