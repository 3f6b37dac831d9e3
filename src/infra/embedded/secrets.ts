import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets of one embedded installation, made on its first start and kept with its data. */
export interface EmbeddedSecrets {
  postgresPassword: string;
  JWT_SECRET: string;
  ENCRYPTION_KEYS: string;
  BLIND_INDEX_KEY: string;
}

/** Read the secrets of a data folder, or make them; only this user may read the file. */
export async function loadSecrets(folder: string): Promise<EmbeddedSecrets> {
  const file = join(folder, 'secrets.json');
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing) return JSON.parse(existing) as EmbeddedSecrets;
  const secrets: EmbeddedSecrets = {
    postgresPassword: randomBytes(24).toString('hex'),
    JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    BLIND_INDEX_KEY: randomBytes(48).toString('base64url'),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
