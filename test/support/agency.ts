import { randomUUID } from 'node:crypto';
import { openDemoBucket } from '../../demo/bucket.ts';
import { connectors } from '../../src/connectors/registry.ts';
import type { Actor } from '../../src/domain/audit-log/record-change.ts';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import { createFeed, type NewFeed } from '../../src/domain/feed/create-feed.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { createOrganization } from '../../src/domain/identity/create-organization.ts';
import type { Tenant } from '../../src/domain/identity/viewer.ts';
import { createFieldCipher } from '../../src/infra/crypto.ts';
import { createDatabase, type Database } from '../../src/infra/database.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { createTestDatabase, type TestDatabase, testServices } from './test-services.ts';

/** An organization in a database of its own, with its owner and a bucket for files. */
export interface Agency {
  urls: TestDatabase;
  /** As the worker's role. */
  database: Database;
  tenant: Tenant;
  actor: Actor;
  owner: { email: string; password: string };
  cipher: ReturnType<typeof createFieldCipher>;
  /** The queue is on it; on the database where there is none. */
  redis: TestRedis | undefined;
  s3: { bucket: string; region: string } & typeof testServices.s3;
  bucket: Awaited<ReturnType<typeof openDemoBucket>>;
  close(): Promise<void>;
}

/** @param given a migrated database that is not of the shared cluster. */
export async function createAgency(
  queueOn: 'PostgreSQL' | 'Redis' = 'PostgreSQL',
  given?: TestDatabase,
): Promise<Agency> {
  const redis = queueOn === 'Redis' ? await startRedis() : undefined;
  const urls = given ?? (await createTestDatabase());
  const database = await createDatabase({ url: urls.workerUrl, poolSize: 5 });
  const s3 = { bucket: 'mediagraph', region: 'us-east-1', ...testServices.s3 };
  const bucket = await openDemoBucket(s3, `files-${randomUUID()}`);
  const { ENCRYPTION_KEYS, BLIND_INDEX_KEY } = testServices.secrets;
  const cipher = createFieldCipher(ENCRYPTION_KEYS, BLIND_INDEX_KEY);
  const owner = { email: 'Owner@Agency.example', password: 'correct horse battery' };
  const tenant = await addOrganization({ database, cipher }, owner);
  const actor = await findActor(database, tenant);
  return {
    urls,
    database,
    tenant,
    actor,
    owner,
    cipher,
    redis,
    s3,
    bucket,
    async close() {
      await database.close();
      bucket.close();
      await redis?.stop();
    },
  };
}

/** One more organization in the same database. */
export async function addOrganization(
  { database, cipher }: Pick<Agency, 'database' | 'cipher'>,
  { email, password }: Agency['owner'],
): Promise<Tenant> {
  const organizationId = await createOrganization(database.withTenant, cipher, {
    name: 'Agency',
    timeZone: 'America/New_York',
    ownerEmail: email,
    ownerPassword: password,
  });
  return { organizationId, clientIds: null };
}

export async function findActor(database: Database, tenant: Tenant): Promise<Actor> {
  const [row] = await database.withTenant(tenant, (em) =>
    em.execute<{ user_id: string }[]>('select user_id from memberships'),
  );
  const origin = { requestId: 'test', ip: '127.0.0.1', userAgent: null };
  return { ...tenant, userId: row?.user_id ?? '', email: '', role: 'OWNER', origin };
}

export function addClient(
  { database, tenant, actor }: Pick<Agency, 'database' | 'tenant' | 'actor'>,
  name = 'Acme',
): Promise<Client> {
  const settings = { kind: 'AGENCY_CLIENT', timeZone: 'UTC', currency: 'USD' } as const;
  return database.withTenant(tenant, (em) => createClient(em, actor, { name, ...settings }));
}

export function addFeed(
  { database, tenant, actor, bucket }: Agency,
  client: Client,
  settings: Partial<NewFeed> = {},
): Promise<Feed> {
  return database.withTenant(tenant, (em) =>
    createFeed(em, actor, connectors, {
      clientId: client.id,
      source: 'SURFSIDE',
      name: 'Surfside',
      bucket: bucket.name,
      keyPattern: 'report-{date}.csv',
      ...settings,
    }),
  );
}
