import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createS3Client, type S3Settings } from './storage.ts';

/**
 * Write, read and delete an object in our own bucket.
 *
 * @returns by how many milliseconds the server's clock is ahead of ours; null where it does not say.
 * @throws {Error} naming the step that failed.
 */
export async function probeBucket(settings: S3Settings): Promise<{ clockAheadMs: number | null }> {
  const client = createS3Client(settings);
  let clockAheadMs: number | null = null;
  client.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      const { headers } = result.response as { headers?: Record<string, string> };
      const date = Date.parse(headers?.date ?? '');
      if (!Number.isNaN(date)) clockAheadMs = date - Date.now();
      return result;
    },
    { step: 'deserialize' },
  );
  const object = { Bucket: settings.bucket, Key: `doctor/${randomUUID()}` };
  const content = 'written by doctor; may be deleted';
  let step = 'found';
  try {
    await client.send(new HeadBucketCommand({ Bucket: settings.bucket }));
    step = 'written to';
    await client.send(new PutObjectCommand({ ...object, Body: content }));
    step = 'read';
    const read = await client.send(new GetObjectCommand(object));
    if ((await read.Body?.transformToString()) !== content) throw new Error('other bytes');
    step = 'deleted from';
    await client.send(new DeleteObjectCommand(object));
    return { clockAheadMs };
  } catch (error) {
    const { name, message } = error as Error;
    const reason = name === 'Error' || name === 'AggregateError' ? message || name : name;
    throw new Error(`the bucket "${settings.bucket}" cannot be ${step}: ${reason}`);
  } finally {
    client.destroy();
  }
}
