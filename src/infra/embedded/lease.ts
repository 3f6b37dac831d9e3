import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type EmbeddedServices, socketPath } from './socket.ts';

/** The embedded services, running for as long as this lease is held. */
export interface EmbeddedLease {
  services: EmbeddedServices;
  release(): void;
  /** Told when the services end although this lease was not released. */
  onLost(tell: () => void): void;
}

/**
 * Use the embedded services of a data folder, starting them when nobody else has.
 *
 * @throws {Error} why they could not start.
 */
export async function leaseEmbeddedServices(dataFolder: string): Promise<EmbeddedLease> {
  const path = socketPath(dataFolder);
  for (let tries = 0; tries < mostTries; tries++) {
    const lease = await tryLease(path);
    if (lease) return lease;
    await startSupervisor(dataFolder);
    // One that is stopping still has the socket; the next one can start when it is gone.
    if (tries > 0) await new Promise((wake) => setTimeout(wake, pauseMs));
  }
  throw new Error(`The embedded services do not stay up; see ${join(dataFolder, 'logs')}.`);
}

const mostTries = 40;
const pauseMs = 250;

/** @returns undefined when no supervisor answers, or it ends before it is ready. */
async function tryLease(path: string): Promise<EmbeddedLease | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    const services = await firstLine(socket);
    if (!services) return undefined;
    socket.unref();
    let isReleased = false;
    return {
      services: JSON.parse(services) as EmbeddedServices,
      release: () => {
        isReleased = true;
        socket.destroy();
      },
      onLost: (tell) => socket.once('close', () => isReleased || tell()),
    };
  } catch {
    socket.destroy();
    return undefined;
  }
}

async function firstLine(socket: Socket): Promise<string | undefined> {
  const lines = createInterface({ input: socket });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text as string),
    once(lines, 'close').then(() => undefined),
  ]);
  lines.close();
  socket.resume();
  return line;
}

async function startSupervisor(dataFolder: string): Promise<void> {
  mkdirSync(join(dataFolder, 'logs'), { recursive: true });
  const log = openSync(join(dataFolder, 'logs', 'embedded.log'), 'a');
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(new URL(`./supervisor.${extension}`, import.meta.url), {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: ['--openssl-legacy-provider'],
    env: { ...process.env, DATA_DIR: dataFolder },
  });
  const outcome = await Promise.race([
    once(child, 'message').then(([message]) => message as { error?: string }),
    once(child, 'exit').then(() => ({ error: `see ${join(dataFolder, 'logs', 'embedded.log')}` })),
  ]);
  if (child.connected) child.disconnect();
  child.unref();
  if (outcome.error) throw new Error(`The embedded services did not start: ${outcome.error}`);
}
