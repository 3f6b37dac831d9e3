import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../domain/feed/object-store.ts';
import { createS3Client, type S3Settings } from '../storage.ts';

/** How much our own bucket holds. @throws {Error} when it cannot be listed. */
export async function measureArchive(
  settings: S3Settings,
): Promise<{ objects: number; bytes: number }> {
  const client = createS3Client(settings);
  const held = { objects: 0, bytes: 0 };
  try {
    const request = { Bucket: settings.bucket, Prefix: 'objects/' };
    for await (const page of paginateListObjectsV2({ client }, request)) {
      for (const { Size } of page.Contents ?? []) {
        held.objects += 1;
        held.bytes += Size ?? 0;
      }
    }
    return held;
  } catch (error) {
    throw new Error(`The bucket "${settings.bucket}" cannot be listed: ${(error as Error).name}.`);
  } finally {
    client.destroy();
  }
}

/** Read archived files. @returns those that are missing, or whose bytes are not what their key says. */
export async function findDamaged(
  store: Pick<ObjectStore, 'readArchived'>,
  sha256s: string[],
): Promise<string[]> {
  const damaged: string[] = [];
  for (const sha256 of sha256s) {
    const hash = createHash('sha256');
    const isRead = await store
      .readArchived(sha256)
      .then((content) => pipeline(content, hash))
      .then(
        () => true,
        () => false,
      );
    if (!isRead || hash.digest('hex') !== sha256) damaged.push(sha256);
  }
  return damaged;
}
