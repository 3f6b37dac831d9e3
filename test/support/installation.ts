import { pathToFileURL } from 'node:url';
import { type Api, signInTo } from '../../client/api.ts';
import { type StartedProcess, startProcess } from '../../src/infra/child-process.ts';
import { type Agency, createAgency } from './agency.ts';
import { testServices } from './test-services.ts';

/** A server and workers as separate processes, on a database of their own. */
export interface Installation {
  agency: Agency;
  url: string;
  /** Where the server's probes and metrics are. */
  internalUrl: string;
  server: StartedProcess<ServerReady>;
  /** As the organization's owner. */
  api: Api;
  startWorker(): Promise<StartedProcess<{ internalUrl: string }>>;
  close(): Promise<void>;
}

interface ServerReady {
  url: string;
  internalUrl: string;
}

/** Short enough that the loss of a worker is soon noticed. */
const intervals = { JOB_LEASE_MS: '1500', JOB_HEARTBEAT_MS: '300', JOB_SWEEP_MS: '200' };

/** @param settings besides those that every installation has. */
export async function startInstallation(
  queueOn: 'PostgreSQL' | 'Redis' = 'PostgreSQL',
  settings: Record<string, string> = {},
): Promise<Installation> {
  const agency = await createAgency(queueOn);
  const env = (databaseUrl: string) => ({
    ...intervals,
    ...testServices.secrets,
    NODE_ENV: 'test',
    NODE_OPTIONS: '',
    PORT: '0',
    INTERNAL_PORT: '0',
    LOG_LEVEL: 'error',
    PROGRESS_REREAD_MS: '500',
    DATABASE_URL: databaseUrl,
    REDIS_URL: agency.redis?.url ?? '',
    S3_BUCKET: agency.s3.bucket,
    S3_ENDPOINT: agency.s3.endpoint,
    S3_ACCESS_KEY_ID: agency.s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: agency.s3.secretAccessKey,
    ...settings,
  });
  const processes: StartedProcess<object>[] = [];
  const server = await startProcess<ServerReady>(compiled('src/server.js'), {
    env: env(agency.urls.serverUrl),
  });
  processes.push(server);
  const { email, password } = agency.owner;
  return {
    agency,
    url: server.ready.url,
    internalUrl: server.ready.internalUrl,
    server,
    api: await signInTo(server.ready.url, email, password),
    async startWorker() {
      const worker = await startProcess<{ internalUrl: string }>(compiled('src/worker.js'), {
        env: env(agency.urls.workerUrl),
      });
      processes.push(worker);
      return worker;
    },
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
