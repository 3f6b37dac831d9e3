import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError, found } from '../errors.ts';
import { checkBucketKey, sealBucketKey } from './bucket-credential.ts';
import { bucketSource, PlatformCredential } from './platform-credential.entity.ts';

export interface NewBucketCredential {
  clientId: string;
  name: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  endpoint?: string | null;
}

/** Columns of credentials that keys to buckets make no use of. */
const unused = { creationsPerHour: 1, pollSeconds: 10 };

/**
 * Keep a client's key to buckets, encrypted; it takes the place of the one that had its name.
 *
 * @throws {DomainError} NOT_FOUND (client); BAD_USER_INPUT; CONFLICT (the name is that of another kind of credential).
 */
export async function setBucketCredential(
  em: EntityManager,
  actor: Actor,
  cipher: Pick<FieldCipher, 'encrypt'>,
  { clientId, name, endpoint = null, ...key }: NewBucketCredential,
): Promise<PlatformCredential> {
  const client = found(await em.findOne(Client, clientId), 'client');
  await em.execute('select from clients where id = ? for no key update', [clientId]);
  const checked = checkBucketKey({ ...key, endpoint });
  const known = await findNamed(em, clientId, checkName(name));
  if (known && known.source !== bucketSource) {
    const message = `The client has another kind of credential named "${known.name}".`;
    throw new DomainError('CONFLICT', message, { fields: ['name'] });
  }
  const secretCiphertext = sealBucketKey(cipher, checked);
  const credential =
    known ??
    em.create(PlatformCredential, {
      ...{ organizationId: actor.organizationId, clientId: client.id, ...unused },
      ...{ source: bucketSource, dialect: bucketSource, name: checkName(name), secretCiphertext },
    });
  em.assign(credential, { secretCiphertext, status: 'UNTESTED', checkedAt: null });
  const entity = { entityType: 'PlatformCredential', entityId: credential.id };
  const described = { name: credential.name, region: checked.region, endpoint: checked.endpoint };
  recordChange(em, actor, {
    ...entity,
    action: known ? 'UPDATE' : 'CREATE',
    before: known ? { name: known.name } : null,
    after: { ...described, ...(known && { secret: 'replaced' }) },
  });
  await em.flush();
  return credential;
}

async function findNamed(
  em: EntityManager,
  clientId: string,
  name: string,
): Promise<PlatformCredential | null> {
  const [row] = await em.execute<{ id: string }[]>(
    'select id from platform_credentials where client_id = ? and lower(name) = lower(?)',
    [clientId, name],
  );
  return row ? em.findOne(PlatformCredential, row.id) : null;
}
