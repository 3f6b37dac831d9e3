import { pathToFileURL } from 'node:url';
import { type Api, signInTo } from '../../client/api.ts';
import { type StartedProcess, startProcess } from '../../src/infra/child-process.ts';
import { type Agency, createAgency } from './agency.ts';
import { bundled, bundleOptions } from './bundle.ts';
import { type TestDatabase, testServices } from './test-services.ts';

/** A server's process and where it answers. */
interface RunningServer {
  server: StartedProcess<ServerReady>;
  url: string;
  /** Where the server's probes and metrics are. */
  internalUrl: string;
  /** As the organization's owner. */
  api: Api;
}

/** How one worker is started otherwise than all. */
interface WorkerStart {
  settings?: Record<string, string>;
  /** The compiled entry point; the product's where left out. */
  script?: string;
  logFile?: string;
}

/** A server and workers as separate processes, on a database of their own. */
export interface Installation extends RunningServer {
  agency: Agency;
  /** One more, with settings of its own, and its output in a file where one is named. */
  startServer(settings?: Record<string, string>, logFile?: string): Promise<RunningServer>;
  startWorker(options?: WorkerStart): Promise<StartedProcess<{ internalUrl: string }>>;
  close(): Promise<void>;
}

interface ServerReady {
  url: string;
  internalUrl: string;
}

/** Short enough that the loss of a worker is soon noticed. */
const intervals = { JOB_LEASE_MS: '2500', JOB_HEARTBEAT_MS: '300', JOB_SWEEP_MS: '200' };

/**
 * @param settings besides those that every installation has.
 * @param database a migrated one that is not of the shared cluster.
 */
export async function startInstallation(
  queueOn: 'PostgreSQL' | 'Redis' = 'PostgreSQL',
  settings: Record<string, string> = {},
  database?: TestDatabase,
): Promise<Installation> {
  const agency = await createAgency(queueOn, database);
  const env = (databaseUrl: string) => ({
    ...intervals,
    ...testServices.secrets,
    NODE_ENV: 'test',
    NODE_OPTIONS: '',
    PORT: '0',
    INTERNAL_PORT: '0',
    LOG_LEVEL: 'error',
    PROGRESS_REREAD_MS: '500',
    // Tests ask more than people do, all from one address.
    RATE_SIGNED_OUT: '600000,100000',
    DATABASE_URL: databaseUrl,
    REDIS_URL: agency.redis?.url ?? '',
    S3_BUCKET: agency.s3.bucket,
    S3_ENDPOINT: agency.s3.endpoint,
    S3_ACCESS_KEY_ID: agency.s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: agency.s3.secretAccessKey,
    ...settings,
  });
  const processes: StartedProcess<object>[] = [];
  const start = async <Ready extends object>(
    databaseUrl: string,
    options: WorkerStart & { script: string },
  ) => {
    const { script, settings: more, ...rest } = options;
    const started = await startProcess<Ready>(bundled(script), {
      ...rest,
      nodeOptions: bundleOptions,
      env: { ...env(databaseUrl), ...more },
    });
    processes.push(started);
    return started;
  };
  const startServer = async (more = {}, logFile?: string): Promise<RunningServer> => {
    const options = { script: 'src/server.js', settings: more, ...(logFile && { logFile }) };
    const server = await start<ServerReady>(agency.urls.serverUrl, options);
    const { url, internalUrl } = server.ready;
    const { email, password } = agency.owner;
    return { server, url, internalUrl, api: await signInTo(url, email, password) };
  };
  return {
    agency,
    ...(await startServer()),
    startServer,
    startWorker: (options) => start(agency.urls.workerUrl, { script: 'src/worker.js', ...options }),
    async close() {
      await Promise.all(processes.map((each) => each.stop()));
      await agency.close();
    },
  };
}

/** A compiled file of this project, wherever the test that asks stands. */
export function compiled(path: string): URL {
  return pathToFileURL(`${process.cwd()}/dist/${path}`);
}
