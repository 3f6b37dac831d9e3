import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DomainError } from '../../domain/errors.ts';
import { type BucketReader, BucketRefused } from '../../domain/feed/object-store.ts';
import { toldBody } from './told-body.ts';
import { upstreamFailed } from './upstream-failed.ts';

/** Read the buckets of feeds. @param archive our own, which holds the files of all organizations: to a feed it is not there. */
export function readBuckets(client: S3Client, archive: string): BucketReader {
  const refuseArchive = (bucket: string) => {
    const missing = Object.assign(new Error(), { name: 'NoSuchBucket' });
    if (bucket === archive)
      throw upstreamFailed(`The bucket "${bucket}" cannot be listed`, missing);
  };
  return {
    async *list(bucket, prefix) {
      refuseArchive(bucket);
      try {
        for await (const page of paginateListObjectsV2(
          { client },
          { Bucket: bucket, Prefix: prefix },
        )) {
          for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
            if (!Key || !ETag || !LastModified) continue;
            yield { key: Key, etag: ETag, sizeBytes: Size ?? 0, lastModified: LastModified };
          }
        }
      } catch (error) {
        throw readFailed(`The bucket "${bucket}" cannot be listed`, error);
      }
    },

    async read(bucket, key, etag) {
      refuseArchive(bucket);
      const what = `The object "${key}" of the bucket "${bucket}" cannot be read`;
      const object = { Bucket: bucket, Key: key };
      try {
        const { Body, ETag } = await client.send(
          new GetObjectCommand({ ...object, IfMatch: etag }),
        );
        const body = toldBody(Body as Readable, what, async () => {
          refuseOther(etag, (await client.send(new HeadObjectCommand(object))).ETag);
        });
        // Some servers do not look at the condition.
        if (ETag !== etag) body.destroy();
        refuseOther(etag, ETag);
        return body;
      } catch (error) {
        throw readFailed(what, error);
      }
    },
  };
}

/** @throws {Error} what was read is not, or not all, what was listed. */
function refuseOther(listed: string, etag: string | undefined): void {
  if (etag !== listed) throw new Error('it was overwritten meanwhile');
}

function readFailed(what: string, error: unknown): DomainError {
  const failure = upstreamFailed(what, error);
  const { httpStatusCode } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  const isRefused = httpStatusCode === 401 || httpStatusCode === 403;
  return isRefused ? new BucketRefused(failure.message, { cause: error }) : failure;
}
