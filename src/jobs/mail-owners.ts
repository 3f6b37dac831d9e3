import { alertOwners, type OwnerAlert } from '../domain/audit-log/alert-owners.ts';
import type { FieldCipher } from '../domain/encryption/field-cipher.ts';
import type { JobDatabase } from './database.ts';
import { openOutbox } from './enqueue.ts';
import { openPostbox } from './postbox.ts';

export interface OwnerMailer {
  database: Pick<JobDatabase, 'withTenant'>;
  cipher: Pick<FieldCipher, 'encrypt' | 'decrypt'>;
  /** Hand committed runs to the queue. */
  send(jobRunIds: string[]): Promise<void>;
}

/** Mail the owners of an organization that something happened, in a transaction of its own. */
export async function mailOwners(
  { database, cipher, send }: OwnerMailer,
  alert: OwnerAlert,
): Promise<void> {
  const tenant = { organizationId: alert.organizationId, clientIds: null };
  const decrypt = (ciphertext: string) => cipher.decrypt(ciphertext);
  const jobRunIds = await database.withTenant(tenant, async (em) => {
    const outbox = openOutbox(em);
    await alertOwners(em, { decrypt, postbox: openPostbox(cipher, outbox) }, alert);
    return outbox.jobRunIds;
  });
  await send(jobRunIds);
}
