import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createOrganization } from '../../src/domain/identity/create-organization.ts';
import { createFieldCipher } from '../../src/infra/crypto.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { leaseEmbeddedServices } from '../../src/infra/embedded/lease.ts';
import type { EmbeddedServices } from '../../src/infra/embedded/socket.ts';
import { migrate } from '../../src/infra/migrate.ts';
import { ensureBucket } from '../../src/infra/storage.ts';
import { processSettings } from '../process-settings.ts';
import { generate } from './generate.ts';
import type { Shape } from './shape.ts';

/** Services with a filled database. */
export interface FilledInstallation {
  /** Settings of the server and of its peer. */
  settings: Record<string, string>;
  /** The same of a worker. */
  workerSettings: Record<string, string>;
  superuserUrl: string;
  close(): Promise<void>;
}

/** Who signs in. The password guards nothing: the services are reached from this machine alone. */
export const owner = { email: 'bench@bench.example', password: 'bench-password' };

/**
 * Start services and fill their database, or find it filled.
 *
 * @param kept folder that stays for the next run; without one, all is gone at the end.
 */
export async function startFilledInstallation(
  shape: Shape,
  kept: string | undefined,
): Promise<FilledInstallation> {
  const folder = resolve(kept ?? join(tmpdir(), `mediagraph-bench-${randomUUID()}`));
  const { services, release } = await leaseEmbeddedServices(folder);
  await migrate(services.ownerUrl);
  const superuser = new URL(services.ownerUrl);
  superuser.username = 'postgres';
  await ensureBucket({ bucket: 'mediagraph', region: 'us-east-1', ...services.s3 });
  const settingsOf = (role: 'server' | 'worker') => ({
    ...processSettings(services, role),
    NODE_ENV: 'production',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'bench@bench.example',
    APP_URL: 'https://bench.example',
    SHUTDOWN_GRACE_MS: '0',
  });
  const installation = {
    settings: settingsOf('server'),
    workerSettings: settingsOf('worker'),
    superuserUrl: superuser.href,
    async close() {
      release();
      if (!kept) await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
  const mark = join(folder, `filled-${Object.values(shape).join('-')}`);
  if (!existsSync(mark)) {
    const startedAt = performance.now();
    const organizationId = await addOrganization(services, 'Bench', owner);
    const foreign = { email: 'foreign@bench.example', password: randomUUID() };
    const foreignOrganizationId = await addOrganization(services, 'Foreign', foreign);
    await generate(installation.superuserUrl, { organizationId, foreignOrganizationId }, shape);
    await writeFile(mark, '');
    console.log(`filled in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
  return installation;
}

async function addOrganization(
  { workerUrl, secrets: { ENCRYPTION_KEYS, BLIND_INDEX_KEY } }: EmbeddedServices,
  name: string,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const database = await createDatabase({ url: workerUrl, poolSize: 1 });
  const cipher = createFieldCipher(ENCRYPTION_KEYS, BLIND_INDEX_KEY);
  const id = await createOrganization(database.withTenant, cipher, {
    name,
    timeZone: 'UTC',
    ownerEmail: email,
    ownerPassword: password,
  });
  await database.close();
  return id;
}
