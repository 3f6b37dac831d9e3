import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process of this product that another one started. */
export interface StartedProcess<Ready> {
  /** What it said when it was ready. */
  ready: Ready;
  pid: number;
  /** How it ended: its status, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Ask it to end, and wait until it has. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export interface StartOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Options of Node itself. */
  nodeOptions?: readonly string[];
  /** Where its output goes; to this process's own where left out. */
  logFile?: string;
}

/**
 * Start a process and wait until it is ready.
 *
 * @param script its compiled entry point.
 * @throws {Error} what it said was wrong.
 */
export async function startProcess<Ready extends object>(
  script: URL,
  { args = [], env = {}, nodeOptions = [], logFile }: StartOptions = {},
): Promise<StartedProcess<Ready>> {
  if (logFile) mkdirSync(dirname(logFile), { recursive: true });
  const output = logFile ? openSync(logFile, 'a') : 'inherit';
  const child = fork(script, args, {
    env: { ...process.env, ...env },
    execArgv: [...process.execArgv, ...nodeOptions],
    stdio: ['ignore', output, output, 'ipc'],
    // It is stopped in order by whoever started it, not by the terminal's Ctrl-C at the same time.
    detached: true,
  });
  const ended = once(child, 'exit').then(([status, signal]) => status ?? signal);
  const first = await Promise.race([
    once(child, 'message').then(([message]) => message as Ready & { error?: string }),
    ended.then((status) => ({
      error: `it ended with ${status}${logFile ? `; see ${logFile}` : ''}`,
    })),
  ]);
  if ('error' in first && first.error) throw new Error(first.error);
  return {
    ready: first as Ready,
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => child.kill(signal),
    async stop() {
      // One that is frozen could not hear that it is to end.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
