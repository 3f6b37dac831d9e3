import { createHash } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createS3Client, type S3Settings } from '../src/infra/storage.ts';

/** The bucket that the demo's advertisers put their files into. */
export interface DemoBucket {
  name: string;
  /** Put an object, unless it is there with just these bytes. */
  put(key: string, body: string | Buffer): Promise<void>;
  /** @returns undefined when there is no such object. */
  get(key: string): Promise<string | undefined>;
  close(): void;
}

/** Open a bucket, making it where there is none. */
export async function openDemoBucket(
  settings: S3Settings,
  name = 'media-files',
): Promise<DemoBucket> {
  const client = createS3Client(settings);
  await client.send(new CreateBucketCommand({ Bucket: name })).catch(() => undefined);
  return {
    name,
    async put(key, body) {
      const object = { Bucket: name, Key: key };
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      const head = await client.send(new HeadObjectCommand(object)).catch(() => undefined);
      if (head?.ETag !== etag)
        await client.send(new PutObjectCommand({ ...object, Body: Buffer.from(body) }));
    },
    async get(key) {
      const object = { Bucket: name, Key: key };
      const found = await client.send(new GetObjectCommand(object)).catch(() => undefined);
      return found?.Body?.transformToString();
    },
    close: () => client.destroy(),
  };
}
