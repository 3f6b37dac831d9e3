import type { Readable } from 'node:stream';
import { DomainError } from '../errors.ts';

/** An object as a bucket lists it. */
export interface StoredObject {
  key: string;
  etag: string;
  sizeBytes: number;
  lastModified: Date;
}

/** What was written of a kept file. */
export interface KeptFile {
  sizeBytes: number;
  /** Of its content, as hex. */
  sha256: string;
}

/** A key to buckets, opened: never logged or told. */
export interface BucketKey {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  /** Address of an S3 server; null for Amazon's. */
  endpoint: string | null;
}

/** Buckets of feeds, as some key opens them. */
export interface BucketReader {
  /** @throws {BucketRefused}; {DomainError} UPSTREAM_FAILED when the bucket does not answer. */
  list(bucket: string, prefix: string): AsyncIterable<StoredObject>;
  /** @throws {BucketRefused}; {DomainError} UPSTREAM_FAILED; also when the object's ETag is another by now. */
  read(bucket: string, key: string, etag: string): Promise<Readable>;
}

/** The key that a bucket is read with does not open it. */
export class BucketRefused extends DomainError {
  constructor(message: string, options: ErrorOptions) {
    super('UPSTREAM_FAILED', message, options);
  }
}

/** Buckets of files: those of feeds, as the deployment's key opens them, and our own archive. */
export interface ObjectStore extends BucketReader {
  /** Read buckets with somebody's own key, until it is closed. @throws {DomainError} UPSTREAM_FAILED for an endpoint that may not be called. */
  openWith(key: BucketKey): BucketReader & { close(): void };
  /** Keep a copy in our own bucket, where it is found again by its SHA-256. */
  archive(content: Readable): Promise<KeptFile>;
  /** Read an archived copy. @throws {DomainError} UPSTREAM_FAILED. */
  readArchived(sha256: string): Promise<Readable>;
  /** Whether an archived copy is still there. @throws {DomainError} UPSTREAM_FAILED. */
  hasArchived(sha256: string): Promise<boolean>;
  /** The archived copies that there are. @throws {DomainError} UPSTREAM_FAILED. */
  listArchived(): AsyncIterable<{ sha256: string; lastModified: Date }>;
  /** Remove an archived copy, if it is there. @throws {DomainError} UPSTREAM_FAILED. */
  dropArchived(sha256: string): Promise<void>;
  /**
   * Keep a file that we made, under a key; one that was there before is replaced once this one is whole.
   *
   * @throws {DomainError} UPSTREAM_FAILED; also when the content fails.
   */
  keep(key: string, content: Readable): Promise<KeptFile>;
  /**
   * Read a kept file, or the bytes of it from `start` to `end`, both included.
   *
   * @throws {DomainError} UPSTREAM_FAILED; also when it is not there.
   */
  readKept(key: string, bytes?: { start: number; end: number }): Promise<Readable>;
  /** Remove a kept file, if it is there. @throws {DomainError} UPSTREAM_FAILED. */
  drop(key: string): Promise<void>;
}
