import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaseEmbeddedServices } from '../../src/infra/embedded/lease.ts';
import { migrate } from '../../src/infra/migrate.ts';
import { ensureBucket } from '../../src/infra/storage.ts';
import { bundleProcesses } from './bundle.ts';
import { hasRedis } from './redis.ts';
import { testRun } from './test-run.ts';

/** Start the services that all tests share; each test file then has databases of its own. */
export default async function globalSetup(): Promise<void> {
  if (!hasRedis) announceMissingRedis();
  const bundling = bundleProcesses();
  const folder = join(tmpdir(), `mediagraph-test-${randomUUID()}`);
  const lease = await leaseEmbeddedServices(folder);
  await migrate(lease.services.ownerUrl);
  await ensureBucket({ bucket: 'mediagraph', region: 'us-east-1', ...lease.services.s3 });
  await bundling;
  testRun.lease = lease;
  testRun.folder = folder;
  // The processes that tests start are compiled once, not each time.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  process.env.TEST_SERVICES = JSON.stringify(lease.services);
}

/** Nobody must believe that both halves were tested. */
function announceMissingRedis(): void {
  const message =
    'There is no redis-server on this machine: the tests of the queue on Redis do not run.';
  if (process.env.REQUIRE_REDIS) throw new Error(message);
  console.warn(`\n${'!'.repeat(message.length)}\n${message}\n${'!'.repeat(message.length)}\n`);
}
