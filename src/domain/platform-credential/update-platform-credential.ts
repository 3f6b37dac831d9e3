import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { found } from '../errors.ts';
import {
  type CredentialSettings,
  checkCredential,
  checkSecret,
  platformOf,
  settingsOf,
} from './check-credential.ts';
import { refuseTakenName } from './create-platform-credential.ts';
import type { CredentialPlatforms } from './credential-platform.ts';
import { PlatformCredential } from './platform-credential.entity.ts';

/** What is null or left out stays. */
export type CredentialChanges = {
  [K in keyof CredentialSettings]?: CredentialSettings[K] | null;
} & { secret?: string | null };

/**
 * Change a credential, its secret among others. A new secret or API is asked with at once, whatever became of
 * the one before.
 *
 * @throws {DomainError} NOT_FOUND, BAD_USER_INPUT, CONFLICT (name taken).
 */
export async function updatePlatformCredential(
  em: EntityManager,
  actor: Actor,
  { platforms, cipher }: { platforms: CredentialPlatforms; cipher: FieldCipher },
  id: string,
  { secret, ...changes }: CredentialChanges,
): Promise<PlatformCredential> {
  const credential = found(await em.findOne(PlatformCredential, id), 'credential');
  const before = settingsOf(credential);
  const given = Object.entries(changes).filter(([, value]) => value != null);
  const platform = platformOf(platforms, credential);
  const settings = checkCredential(platform, { ...before, ...Object.fromEntries(given) });
  em.assign(credential, settings);
  if (secret != null) credential.secretCiphertext = cipher.encrypt(checkSecret(secret));
  const isReplaced = secret != null || settings.dialect !== before.dialect;
  if (isReplaced) {
    em.assign(credential, { status: 'UNTESTED', checkedAt: null, failures: 0, openUntil: null });
  }
  await refuseTakenName(em, credential);
  const after = { ...settings, ...(secret != null && { secret: 'replaced' }) };
  const entity = { entityType: 'PlatformCredential', entityId: id };
  recordChange(em, actor, { action: 'UPDATE', ...entity, before, after });
  await em.flush();
  return credential;
}
