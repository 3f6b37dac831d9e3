/**
 * The process that runs the embedded services for as long as somebody uses them.
 *
 * Users hold a connection to its socket: the first message tells them where the services are, and when
 * the last connection closes, be its owner killed or not, everything is stopped.
 */
import { mkdirSync, unlinkSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { loadConfig, readEnvironment } from '../../config.ts';
import { createLogger } from '../logger.ts';
import { freePort } from './free-port.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { s3Credentials, startS3Server } from './s3-server.ts';
import { loadSecrets } from './secrets.ts';
import { type EmbeddedServices, socketPath } from './socket.ts';

/** Long enough for a process to hand over to the next one; not long enough to be noticed. */
const graceMs = 300;
const longestStopMs = 10_000;

const config = loadConfig(readEnvironment());
const logger = createLogger('embedded', config.LOG_LEVEL);

async function startServices(): Promise<{ services: EmbeddedServices; stop(): Promise<void> }> {
  mkdirSync(config.DATA_DIR, { recursive: true });
  const { postgresPassword, ...secrets } = await loadSecrets(config.DATA_DIR);
  const postgres: RunningPostgres = await startPostgres({
    folder: join(config.DATA_DIR, 'postgres'),
    port: await freePort(config.EMBEDDED_POSTGRES_PORT, 'EMBEDDED_POSTGRES_PORT'),
    password: postgresPassword,
    log: (line) => logger.debug(line),
    // Its users see their connection close, and end with a message: the next start begins afresh.
    onEnd: () => {
      logger.error('PostgreSQL ended');
      process.exit(1);
    },
  });
  const s3 = await startS3Server(
    join(config.DATA_DIR, 's3'),
    await freePort(config.EMBEDDED_S3_PORT, 'EMBEDDED_S3_PORT'),
  );
  return {
    services: {
      ownerUrl: postgres.urlOf('mediagraph_owner'),
      serverUrl: postgres.urlOf('mediagraph_server'),
      workerUrl: postgres.urlOf('mediagraph_worker'),
      s3: { endpoint: s3.endpoint, ...s3Credentials },
      secrets,
    },
    stop: async () => {
      await s3.stop();
      await postgres.stop();
    },
  };
}

/** @returns the listening server, or undefined when another supervisor of this folder is alive. */
async function listen(path: string): Promise<Server | undefined> {
  const server = createServer();
  const attempt = () =>
    new Promise<boolean>((resolve, reject) => {
      server.once('listening', () => resolve(true));
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
      server.listen(path);
    });
  if (!(await attempt())) {
    if (await isAnswered(path)) return undefined;
    unlinkSync(path);
    if (!(await attempt())) return undefined;
  }
  await chmod(path, 0o600);
  return server;
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });
}

async function main(): Promise<void> {
  const server = await listen(socketPath(config.DATA_DIR));
  if (!server) return process.send?.({ ready: true }) as undefined;

  const starting = startServices();
  let users = 0;
  let idle: NodeJS.Timeout | undefined;
  const leave = () => {
    users -= 1;
    if (users === 0) idle = setTimeout(() => void shutDown(), graceMs);
  };
  let isStopping = false;
  const shutDown = async () => {
    // The socket stays until everything has stopped, so that nobody starts the same services meanwhile.
    isStopping = true;
    setTimeout(() => process.exit(1), longestStopMs).unref();
    await (await starting).stop();
    server.close();
    process.exit(0);
  };

  server.on('connection', (socket) => {
    if (isStopping) return socket.destroy();
    users += 1;
    clearTimeout(idle);
    socket
      .once('close', leave)
      .on('error', () => undefined)
      .resume();
    void starting.then(({ services }) => socket.write(`${JSON.stringify(services)}\n`));
    return socket;
  });
  await starting;
  process.send?.({ ready: true });
  idle = setTimeout(() => void (users === 0 && shutDown()), 5_000);
}

main().catch((error: Error) => {
  logger.error(error);
  process.send?.({ error: error.message });
  process.exitCode = 1;
  process.disconnect?.();
  setTimeout(() => process.exit(1), 100).unref();
});
