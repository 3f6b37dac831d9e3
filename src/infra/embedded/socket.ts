import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EmbeddedSecrets } from './secrets.ts';

/** Where the embedded services are, as the supervisor tells its users. */
export interface EmbeddedServices {
  ownerUrl: string;
  serverUrl: string;
  workerUrl: string;
  s3: { endpoint: string; accessKeyId: string; secretAccessKey: string };
  secrets: Omit<EmbeddedSecrets, 'postgresPassword'>;
}

/** The supervisor's socket for a data folder; short, since the system allows about 100 characters. */
export function socketPath(dataFolder: string): string {
  const hash = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16);
  return join(tmpdir(), `mediagraph-${hash}.sock`);
}
