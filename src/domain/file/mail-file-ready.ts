import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { Membership } from '../identity/membership.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { User } from '../identity/user.entity.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import type { File } from './file.entity.ts';

/** Tell who asked for a file that it can be fetched, unless they have left meanwhile. */
export async function mailFileReady(
  em: EntityManager,
  cipher: { decrypt(ciphertext: string): string },
  postbox: Postbox,
  { id, organizationId, clientId, requestedBy, name: fileName, expiresAt }: File,
): Promise<void> {
  const userId = requestedBy;
  if (!userId || !expiresAt || !(await em.findOne(Membership, { userId, disabledAt: null })))
    return;
  const user = await em.findOneOrFail(User, userId);
  const { name: organization, timeZone } = await em.findOneOrFail(Organization, organizationId);
  const client = clientId ? await em.findOneOrFail(Client, clientId) : null;
  await queueMail(em, postbox, {
    ...{ organizationId, aboutId: id, to: cipher.decrypt(user.emailCiphertext) },
    letter: {
      ...{ kind: 'FILE_READY', organization, timeZone },
      ...{ client: client?.name ?? null, fileName, fileId: id },
      expiresAt: expiresAt.toISOString(),
    },
  });
}
