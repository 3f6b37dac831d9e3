import { openDemoBucket } from '../../demo/bucket.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { createClient } from '../../src/domain/client/create-client.ts';
import { createFeed } from '../../src/domain/feed/create-feed.ts';
import { ensureBucket } from '../../src/infra/storage.ts';
import type { BenchInstallation } from '../installation.ts';

/** The feed of a client of its own, with nothing in it yet. */
export interface BenchFeed {
  feedId: string;
  /** Put a day's file where the feed finds it, in place of an earlier one. */
  put(date: string, file: Buffer): Promise<void>;
}

/** Make feeds in an installation. */
export async function openFeeds({ env, database, tenant }: BenchInstallation) {
  const { S3_BUCKET = '', S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env('worker');
  const s3 = {
    ...{ bucket: S3_BUCKET, region: 'us-east-1', endpoint: S3_ENDPOINT },
    ...{ accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  };
  await ensureBucket(s3);
  const bucket = await openDemoBucket(s3);
  let count = 0;

  return async (): Promise<BenchFeed> => {
    const name = `bench-${++count}`;
    const feedId = await database.withTenant(tenant, async (em) => {
      const [user] = await em.execute<{ user_id: string }[]>('select user_id from memberships');
      const viewer = { userId: user?.user_id ?? '', email: '', role: 'OWNER' as const };
      const origin = { requestId: 'bench', ip: null, userAgent: null };
      const actor = { ...tenant, ...viewer, origin };
      const settings = { timeZone: 'UTC', currency: 'USD' };
      const client = await createClient(em, actor, { name, kind: 'INDIVIDUAL', ...settings });
      const feed = await createFeed(em, actor, connectors, {
        ...{ clientId: client.id, source: 'SURFSIDE', name },
        ...{ bucket: bucket.name, keyPattern: `${name}/{date}.csv` },
      });
      return feed.id;
    });
    return { feedId, put: (date, file) => bucket.put(`${name}/${date}.csv`, file) };
  };
}
