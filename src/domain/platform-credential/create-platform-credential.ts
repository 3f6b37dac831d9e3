import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { badInput, DomainError, found } from '../errors.ts';
import { findSource } from '../feed/known-sources.ts';
import { once } from '../idempotency/once.ts';
import { checkCredential, checkSecret, settingsOf } from './check-credential.ts';
import type { CredentialPlatforms } from './credential-platform.ts';
import { PlatformCredential } from './platform-credential.entity.ts';

export interface NewPlatformCredential {
  /** Null for the organization's own, which platforms that answer questions take alone. */
  clientId: string | null;
  source: string;
  name: string;
  /** The platform's usual API where left out. */
  dialect?: string | null;
  secret: string;
  /** 15 where left out. */
  creationsPerHour?: number | null;
  /** 10 where left out. */
  pollSeconds?: number | null;
  idempotencyKey?: string | null;
}

/**
 * Keep a client's key to a platform, or an organization's, encrypted.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function createPlatformCredential(
  em: EntityManager,
  actor: Actor,
  { platforms, cipher }: { platforms: CredentialPlatforms; cipher: FieldCipher },
  { idempotencyKey, secret, ...input }: NewPlatformCredential,
): Promise<PlatformCredential> {
  const call = { operation: 'createPlatformCredential', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const { clientId } = input;
    const client = clientId && found(await em.findOne(Client, clientId), 'client');
    const platform = findSource(platforms, input.source);
    if (!client && !platform.isShared) {
      throw badInput(`A key to ${platform.label} is one client's.`, 'clientId');
    }
    const settings = checkCredential(platform, {
      name: input.name,
      dialect: input.dialect ?? (platform.dialects[0] as string),
      creationsPerHour: input.creationsPerHour ?? 15,
      pollSeconds: input.pollSeconds ?? 10,
    });
    const credential = em.create(PlatformCredential, {
      organizationId: actor.organizationId,
      clientId,
      source: input.source,
      ...settings,
      secretCiphertext: cipher.encrypt(checkSecret(secret)),
    });
    await refuseTakenName(em, credential);
    const entity = { entityType: 'PlatformCredential', entityId: credential.id };
    const after = settingsOf(credential);
    recordChange(em, actor, { action: 'CREATE', ...entity, before: null, after });
    await em.flush();
    return credential.id;
  });
  return em.findOneOrFail(PlatformCredential, id);
}

/** @throws {DomainError} CONFLICT when another credential of the client, or of nobody else, has the name, whatever its case. */
export async function refuseTakenName(
  em: EntityManager,
  { id, clientId, name }: PlatformCredential,
): Promise<void> {
  const [taken] = await em.execute(
    `select from platform_credentials
     where client_id is not distinct from ? and lower(name) = lower(?) and id <> ?`,
    [clientId, name, id],
  );
  if (taken) {
    const whose = clientId ? 'client' : 'organization';
    throw new DomainError('CONFLICT', `The ${whose} has a credential named "${name}" already.`, {
      fields: ['name'],
    });
  }
}
