import type { Readable } from 'node:stream';

/** An object as a bucket lists it. */
export interface StoredObject {
  key: string;
  etag: string;
  sizeBytes: number;
  lastModified: Date;
}

/** Buckets of files: those of feeds, and our own archive. */
export interface ObjectStore {
  /** @throws {DomainError} UPSTREAM_FAILED when the bucket does not answer or refuses. */
  list(bucket: string, prefix: string): AsyncIterable<StoredObject>;
  /** @throws {DomainError} UPSTREAM_FAILED; also when the object's ETag is another by now. */
  read(bucket: string, key: string, etag: string): Promise<Readable>;
  /** Keep a copy in our own bucket. @returns its SHA-256, by which it is found again. */
  archive(content: Readable): Promise<{ sha256: string }>;
  /** Read an archived copy. @throws {DomainError} UPSTREAM_FAILED. */
  readArchived(sha256: string): Promise<Readable>;
}
