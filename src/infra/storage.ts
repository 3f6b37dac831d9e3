import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ObjectStore } from '../domain/feed/object-store.ts';
import { openNameless } from '../domain/nameless-file.ts';
import type { Tracing } from '../jobs/tracing.ts';
import type { ServiceConfig } from './services.ts';
import { type GuardedAgents, guardedSettings } from './storage/guarded-settings.ts';
import { measure } from './storage/measure.ts';
import { passedOn } from './storage/passed-on.ts';
import { readBuckets } from './storage/read-buckets.ts';
import { toldBody } from './storage/told-body.ts';
import { upstreamFailed } from './storage/upstream-failed.ts';
import { untraced } from './tracing.ts';

export type S3Settings = ServiceConfig['s3'];

/**
 * A client that also speaks with S3 servers other than AWS.
 *
 * @param silentMs how long an answer may be awaited; one that has begun may pause for twice as long, since who reads it may.
 */
export function createS3Client(
  { region, endpoint, accessKeyId, secretAccessKey, agents }: S3Settings & GuardedAgents,
  silentMs = 60_000,
) {
  return new S3Client({
    region,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5_000,
      ...{ requestTimeout: silentMs, throwOnRequestTimeout: true, socketTimeout: 2 * silentMs },
      ...agents,
    },
    // Newer checksums are sent as trailers, which such servers store as part of the object.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  });
}

/** Where our own files are, for as long as the process runs. */
interface BucketStore extends ObjectStore {
  /** @throws {Error} when our own bucket does not answer, or is not there. */
  ping(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Buckets over the S3 protocol. @param silentMs as that of {@link createS3Client}. */
export function createObjectStore(
  settings: S3Settings,
  tracing: Tracing = untraced,
  silentMs?: number,
): BucketStore {
  const client = createS3Client(settings, silentMs);
  traceCalls(client, tracing);
  const archive = settings.bucket;
  const archivePrefix = 'objects/';
  const archiveKey = (sha256: string) => `${archivePrefix}${sha256.slice(0, 2)}/${sha256}`;
  const keptKey = (key: string) => `files/${key}`;

  const remove = async (key: string) => {
    try {
      await client.send(new DeleteObjectCommand({ Bucket: archive, Key: key }));
    } catch (error) {
      throw upstreamFailed('The file cannot be removed', error);
    }
  };

  return {
    ...readBuckets(client, archive),

    openWith(key) {
      const theirs = createS3Client(guardedSettings(key, settings));
      traceCalls(theirs, tracing);
      return { ...readBuckets(theirs, archive), close: () => theirs.destroy() };
    },

    /** Spooled to disk first: the hash, which is the key, is known only at the end. */
    async archive(content) {
      const { through, result } = measure();
      let spool: FileHandle | undefined;
      let spooled: Readable | undefined;
      try {
        const file = await openNameless();
        spool = file;
        await pipeline(content, through, (bytes) => file.writeFile(bytes));
        const kept = result();
        const object = { Bucket: archive, Key: archiveKey(kept.sha256) };
        if (!(await exists(client, object))) {
          spooled = Readable.from(readSpool(file), { objectMode: false });
          await new Upload({ client, params: { ...object, Body: spooled } }).done();
        }
        return kept;
      } catch (error) {
        content.destroy();
        throw upstreamFailed('The file cannot be archived', error);
      } finally {
        spooled?.destroy();
        await spool?.close();
      }
    },

    async readArchived(sha256) {
      try {
        const command = new GetObjectCommand({ Bucket: archive, Key: archiveKey(sha256) });
        const { Body } = await client.send(command);
        return toldBody(Body as Readable, 'The archived file cannot be read');
      } catch (error) {
        throw upstreamFailed('The archived file cannot be read', error);
      }
    },

    async hasArchived(sha256) {
      try {
        await client.send(new HeadObjectCommand({ Bucket: archive, Key: archiveKey(sha256) }));
        return true;
      } catch (error) {
        if ((error as Error).name === 'NotFound') return false;
        throw upstreamFailed('The archive does not answer', error);
      }
    },

    async *listArchived() {
      const where = { Bucket: archive, Prefix: archivePrefix };
      try {
        for await (const page of paginateListObjectsV2({ client }, where)) {
          for (const { Key = '', LastModified } of page.Contents ?? []) {
            const [sha256] = /[0-9a-f]{64}$/.exec(Key) ?? [];
            if (sha256 && LastModified) yield { sha256, lastModified: LastModified };
          }
        }
      } catch (error) {
        throw upstreamFailed('The archive cannot be listed', error);
      }
    },

    async dropArchived(sha256) {
      await remove(archiveKey(sha256));
    },

    async keep(key, content) {
      const { through, result } = measure();
      const params = { Bucket: archive, Key: keptKey(key), Body: through };
      const uploaded = new Upload({ client, params }).done().catch((error) => {
        // Nobody reads on: the content would wait for ever.
        through.destroy(error);
        throw error;
      });
      try {
        const [filled] = await Promise.allSettled([pipeline(content, through), uploaded]);
        if (filled.status === 'rejected') throw filled.reason;
        await uploaded;
        return result();
      } catch (error) {
        throw upstreamFailed('The file cannot be kept', error);
      }
    },

    async readKept(key, bytes) {
      try {
        const range = bytes && { Range: `bytes=${bytes.start}-${bytes.end}` };
        const command = new GetObjectCommand({ Bucket: archive, Key: keptKey(key), ...range });
        const { Body } = await client.send(command);
        return toldBody(Body as Readable, 'The file cannot be read');
      } catch (error) {
        throw upstreamFailed('The file cannot be read', error);
      }
    },

    async drop(key) {
      await remove(keptKey(key));
    },

    async ping(abortSignal) {
      await client.send(new HeadBucketCommand({ Bucket: archive }), { abortSignal });
    },

    close: () => client.destroy(),
  };
}

async function* readSpool(file: FileHandle): AsyncGenerator<Buffer> {
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    passedOn(chunk);
    yield chunk;
  }
}

/** Trace each call until its answer begins; keys stay out, since they are the clients' own names. */
function traceCalls(client: S3Client, tracing: Tracing): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (call) => {
        const method = commandName.replace(/Command$/, '');
        const bucket = 'Bucket' in call.input ? String(call.input.Bucket) : '';
        const attributes = { 'rpc.system.name': 'aws-api', 'rpc.method': `S3/${method}` };
        return tracing.step(
          {
            name: `S3.${method}`,
            kind: 'CLIENT',
            attributes: { ...attributes, 'aws.s3.bucket': bucket },
          },
          () => next(call),
        );
      },
    { step: 'initialize', name: 'traceCalls' },
  );
}

/** Make a bucket where there is none. */
export async function ensureBucket(settings: S3Settings): Promise<void> {
  const client = createS3Client(settings);
  try {
    await client.send(new HeadBucketCommand({ Bucket: settings.bucket }));
  } catch {
    await client.send(new CreateBucketCommand({ Bucket: settings.bucket })).catch((error) => {
      if (!/BucketAlready/.test(error.name)) throw error;
    });
  } finally {
    client.destroy();
  }
}

async function exists(client: S3Client, object: { Bucket: string; Key: string }): Promise<boolean> {
  return client.send(new HeadObjectCommand(object)).then(
    () => true,
    () => false,
  );
}
