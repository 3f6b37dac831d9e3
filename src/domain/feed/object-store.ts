import type { Readable } from 'node:stream';

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

/** Buckets of files: those of feeds, and our own archive. */
export interface ObjectStore {
  /** @throws {DomainError} UPSTREAM_FAILED when the bucket does not answer or refuses. */
  list(bucket: string, prefix: string): AsyncIterable<StoredObject>;
  /** @throws {DomainError} UPSTREAM_FAILED; also when the object's ETag is another by now. */
  read(bucket: string, key: string, etag: string): Promise<Readable>;
  /** Keep a copy in our own bucket, where it is found again by its SHA-256. */
  archive(content: Readable): Promise<KeptFile>;
  /** Read an archived copy. @throws {DomainError} UPSTREAM_FAILED. */
  readArchived(sha256: string): Promise<Readable>;
  /** Whether an archived copy is still there. @throws {DomainError} UPSTREAM_FAILED. */
  hasArchived(sha256: string): Promise<boolean>;
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
