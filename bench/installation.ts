import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganization } from '../src/domain/identity/create-organization.ts';
import type { Tenant } from '../src/domain/identity/viewer.ts';
import { createFieldCipher } from '../src/infra/crypto.ts';
import { createDatabase, type Database } from '../src/infra/database.ts';
import { leaseEmbeddedServices } from '../src/infra/embedded/lease.ts';
import type { EmbeddedServices } from '../src/infra/embedded/socket.ts';
import { migrate } from '../src/infra/migrate.ts';
import { processSettings } from './process-settings.ts';

/** Services for one run of a benchmark, with an organization; all of it is gone at the end. */
export interface BenchInstallation {
  /** Settings of a server or worker process, by role. */
  env(role: 'server' | 'worker'): Record<string, string>;
  services: EmbeddedServices;
  database: Database;
  tenant: Tenant;
  owner: { email: string; password: string };
  close(): Promise<void>;
}

export async function startBenchInstallation(): Promise<BenchInstallation> {
  const folder = join(tmpdir(), `mediagraph-bench-${randomUUID()}`);
  const { services, release } = await leaseEmbeddedServices(folder);
  await migrate(services.ownerUrl);
  const database = await createDatabase({ url: services.workerUrl, poolSize: 10 });
  const owner = { email: 'bench@bench.example', password: randomUUID() };
  const { ENCRYPTION_KEYS, BLIND_INDEX_KEY } = services.secrets;
  const cipher = createFieldCipher(ENCRYPTION_KEYS, BLIND_INDEX_KEY);
  const organizationId = await createOrganization(database.withTenant, cipher, {
    name: 'Bench',
    timeZone: 'UTC',
    ownerEmail: owner.email,
    ownerPassword: owner.password,
  });
  return {
    env: (role) => processSettings(services, role),
    services,
    database,
    tenant: { organizationId, clientIds: null },
    owner,
    async close() {
      await database.close();
      release();
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
