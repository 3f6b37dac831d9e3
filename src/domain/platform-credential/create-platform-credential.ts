import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { findSource } from '../feed/known-sources.ts';
import { once } from '../idempotency/once.ts';
import type { ReportPlatforms } from '../report/report-platform.ts';
import { checkCredential, checkSecret, settingsOf } from './check-credential.ts';
import { PlatformCredential } from './platform-credential.entity.ts';

export interface NewPlatformCredential {
  clientId: string;
  source: string;
  name: string;
  dialect: string;
  secret: string;
  /** 15 where left out. */
  creationsPerHour?: number | null;
  /** 10 where left out. */
  pollSeconds?: number | null;
  idempotencyKey?: string | null;
}

/**
 * Keep a client's key to a platform, encrypted.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function createPlatformCredential(
  em: EntityManager,
  actor: Actor,
  { platforms, cipher }: { platforms: ReportPlatforms; cipher: FieldCipher },
  { idempotencyKey, secret, ...input }: NewPlatformCredential,
): Promise<PlatformCredential> {
  const call = { operation: 'createPlatformCredential', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const client = found(await em.findOne(Client, input.clientId), 'client');
    const settings = checkCredential(findSource(platforms, input.source), {
      name: input.name,
      dialect: input.dialect,
      creationsPerHour: input.creationsPerHour ?? 15,
      pollSeconds: input.pollSeconds ?? 10,
    });
    const credential = em.create(PlatformCredential, {
      organizationId: actor.organizationId,
      clientId: client.id,
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

/** @throws {DomainError} CONFLICT when another credential of the client has the name, whatever its case. */
export async function refuseTakenName(
  em: EntityManager,
  { id, clientId, name }: PlatformCredential,
): Promise<void> {
  const [taken] = await em.execute(
    'select from platform_credentials where client_id = ? and lower(name) = lower(?) and id <> ?',
    [clientId, name, id],
  );
  if (taken) {
    throw new DomainError('CONFLICT', `The client has a credential named "${name}" already.`, {
      fields: ['name'],
    });
  }
}
