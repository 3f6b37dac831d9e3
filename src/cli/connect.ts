import { ConfigError, loadConfig, readEnvironment } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { connectBackends } from '../infra/backends.ts';
import type { Database } from '../infra/database.ts';
import { createLogger } from '../infra/logger.ts';
import { createOperatorDatabase, type OperatorDatabase } from '../infra/operator-database.ts';
import { connectServices, type ServiceConfig } from '../infra/services.ts';
import { ensureBucket } from '../infra/storage.ts';
import { untraced } from '../infra/tracing.ts';
import { sendJobRuns } from '../jobs/enqueue.ts';

/** The installation as its owner sees it. */
export interface OperatorSession {
  config: Config;
  services: ServiceConfig;
  operator: OperatorDatabase;
}

/** The same, and what it takes to start jobs of an organization. */
export interface JobSession extends OperatorSession {
  database: Database;
  /** Hand committed runs to the queue. */
  send(jobRunIds: string[]): Promise<void>;
}

type Stops = (() => unknown)[];

/** Work as the owner of the database; what was connected is let go of, however it ends. */
export async function withOperator(work: (session: OperatorSession) => Promise<void>) {
  await withStops(async (stops) => work(await connectOperator(stops)));
}

/** Work as the owner and, within one organization at a time, as the server. */
export async function withJobs(work: (session: JobSession) => Promise<void>): Promise<void> {
  await withStops(async (stops) => {
    const session = await connectOperator(stops);
    const services = await findServices(session.config, 'server', stops);
    const log = createLogger('cli', 'silent');
    const onStop = (stop: () => unknown) => stops.push(stop);
    const options = { services, poolSize: 2, log, tracing: untraced, onStop };
    const { database, queue } = await connectBackends(options);
    const sender = { database, queue, log, tracing: untraced };
    await work({ ...session, database, send: (ids) => sendJobRuns(sender, ids) });
  });
}

/**
 * Services as a role has them.
 *
 * @throws {ConfigError} when only the other role's database is configured: the embedded one is not meant then.
 */
async function findServices(
  config: Config,
  role: 'server' | 'owner',
  stops: Stops,
): Promise<ServiceConfig> {
  const [own, other] =
    role === 'owner'
      ? (['DATABASE_OWNER_URL', 'DATABASE_URL'] as const)
      : (['DATABASE_URL', 'DATABASE_OWNER_URL'] as const);
  if (config[other] && !config[own]) {
    throw new ConfigError(`${own}: not set, and ${other} is; this command needs both.`);
  }
  const services = await connectServices(config, role);
  stops.push(() => services.release());
  if (!config.S3_BUCKET) await ensureBucket(services.config.s3);
  return services.config;
}

async function connectOperator(stops: Stops): Promise<OperatorSession> {
  const config = loadConfig(readEnvironment());
  const services = await findServices(config, 'owner', stops);
  const operator = await createOperatorDatabase(services.databaseUrl);
  stops.push(() => operator.close());
  return { config, services, operator };
}

async function withStops<T>(work: (stops: Stops) => Promise<T>): Promise<T> {
  const stops: Stops = [];
  try {
    return await work(stops);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** The services of an installation, with the database's address as each role that is configured has it. */
export async function withServices<T>(
  config: Config,
  work: (found: { server?: string; owner?: string; services: ServiceConfig }) => Promise<T>,
): Promise<T> {
  return withStops(async (stops) => {
    const isEmbedded = !config.DATABASE_URL && !config.DATABASE_OWNER_URL;
    const role = config.DATABASE_OWNER_URL && !config.DATABASE_URL ? 'owner' : 'server';
    const services = await findServices(config, role, stops);
    const owner = isEmbedded
      ? (await findServices(config, 'owner', stops)).databaseUrl
      : config.DATABASE_OWNER_URL;
    const server = isEmbedded ? services.databaseUrl : config.DATABASE_URL;
    return work({ services, ...(server && { server }), ...(owner && { owner }) });
  });
}
