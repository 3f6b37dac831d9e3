import type { EntityManager } from '@mikro-orm/postgresql';
import type { Feed } from '../feed/feed.entity.ts';
import type { BucketFeed } from '../feed/find-objects.ts';
import type { BucketReader, ObjectStore, StoredObject } from '../feed/object-store.ts';
import { holdArchived } from './hold-archived.ts';
import { SourceObject } from './source-object.entity.ts';

type Transact = <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>;

/** Where objects are, and where their copies go. */
interface Places {
  bucket: Pick<BucketReader, 'read'>;
  store: Pick<ObjectStore, 'archive' | 'hasArchived'>;
}

/**
 * The archived copies of objects, copying first what was not seen before, or is not kept any more: sources overwrite
 * their keys.
 *
 * @throws {DomainError} UPSTREAM_FAILED when an object cannot be fetched, or was overwritten since it was
 *   listed.
 */
export async function takeUpObjects(
  feed: Feed & BucketFeed,
  listed: StoredObject[],
  { bucket, store }: Places,
  write: Transact,
): Promise<SourceObject[]> {
  const objects: SourceObject[] = [];
  for (const object of listed) {
    const { key, etag } = object;
    const known = await write((em) => em.findOne(SourceObject, { feedId: feed.id, key, etag }));
    const isKept = known && !known.expiredAt;
    objects.push(isKept ? known : await copyObject(feed, object, { bucket, store }, write));
  }
  return objects;
}

async function copyObject(
  feed: Feed & BucketFeed,
  { key, etag, sizeBytes, lastModified }: StoredObject,
  { bucket, store }: Places,
  write: Transact,
): Promise<SourceObject> {
  const { sha256 } = await store.archive(await bucket.read(feed.bucket, key, etag));
  return write(async (em) => {
    await holdArchived(em, store, sha256);
    const { id: feedId, organizationId, clientId } = feed;
    // Another run may have copied it meanwhile: one row stands for one object.
    await em.execute(
      `insert into source_objects
         (organization_id, client_id, feed_id, key, etag, size_bytes, last_modified, sha256)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (feed_id, key, etag) do update
         set fetched_at = now(), expired_at = null, sha256 = excluded.sha256
         where source_objects.expired_at is not null`,
      [organizationId, clientId, feedId, key, etag, sizeBytes, lastModified, sha256],
    );
    return em.findOneOrFail(SourceObject, { feedId, key, etag });
  });
}
