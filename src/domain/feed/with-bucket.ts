import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { openBucketKey } from '../platform-credential/bucket-credential.ts';
import { PlatformCredential } from '../platform-credential/platform-credential.entity.ts';
import { noteAnswered, noteRefused } from '../platform-credential/platform-state.ts';
import type { Feed } from './feed.entity.ts';
import { type BucketReader, BucketRefused, type ObjectStore } from './object-store.ts';

type Transact = <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>;

interface BucketServices {
  store: ObjectStore;
  cipher: Pick<FieldCipher, 'decrypt'>;
  /** Works in a transaction that is over before the bucket is asked. */
  transact: Transact;
}

/**
 * Read a feed's bucket: with the feed's own credential where it names one, which is then known to work or to be refused;
 * else with the deployment's.
 *
 * @throws {DomainError} as `use` does.
 */
export async function withBucket<T>(
  { credentialId }: Pick<Feed, 'credentialId'>,
  { store, cipher, transact }: BucketServices,
  use: (bucket: BucketReader) => Promise<T>,
): Promise<T> {
  if (credentialId === null) return use(store);
  const credential = await transact((em) => em.findOneOrFail(PlatformCredential, credentialId));
  const bucket = store.openWith(openBucketKey(cipher, credential));
  try {
    const result = await use(bucket);
    if (credential.status !== 'WORKING') await transact((em) => noteAnswered(em, credentialId));
    return result;
  } catch (error) {
    if (error instanceof BucketRefused) await transact((em) => noteRefused(em, credential));
    throw error;
  } finally {
    bucket.close();
  }
}
