import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { PlatformError } from '../report/report-platform.ts';
import { platformOf } from './check-credential.ts';
import type { CredentialPlatforms } from './credential-platform.ts';
import { PlatformCredential } from './platform-credential.entity.ts';
import { noteAnswered, noteRefused } from './platform-state.ts';

type Transact = <T>(fn: (em: EntityManager) => Promise<T>) => Promise<T>;

/**
 * Ask the platform whether it takes a credential, and keep what it says. It costs nothing.
 *
 * @param transact works in a transaction that is over before the platform is asked, and in another after.
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT (a key to buckets); UPSTREAM_FAILED when the platform says neither yes nor no.
 */
export async function testPlatformCredential(
  transact: Transact,
  { platforms, cipher }: { platforms: CredentialPlatforms; cipher: FieldCipher },
  id: string,
): Promise<PlatformCredential> {
  const credential = found(
    await transact((em) => em.findOne(PlatformCredential, id)),
    'credential',
  );
  const { dialect, secretCiphertext } = credential;
  const platform = platformOf(platforms, credential);
  let note = (em: EntityManager): Promise<unknown> => noteAnswered(em, id);
  try {
    await platform.test({ dialect, secret: cipher.decrypt(secretCiphertext) });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure !== 'REFUSED') throw new DomainError('UPSTREAM_FAILED', error.message);
    note = (em) => noteRefused(em, credential);
  }
  return transact(async (em) => {
    await note(em);
    return em.findOneOrFail(PlatformCredential, id, { refresh: true });
  });
}
