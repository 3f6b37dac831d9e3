import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { Client } from '../client/client.entity.ts';
import { changeClientStatus } from '../client/update-client.ts';
import { DomainError, found } from '../errors.ts';
import { keepAnOwner } from '../identity/hold-membership.ts';
import { Membership } from '../identity/membership.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { User } from '../identity/user.entity.ts';
import { requirePerson, requireRole } from '../identity/viewer.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { Erasure } from './erasure.entity.ts';

/**
 * Have a client and all that it has erased once the organization's waiting period is over. Until then it is disabled:
 * its users are out, its files are not loaded, and nothing is lost. Asking twice gives the same erasure.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (owners only).
 */
export async function requestClientErasure(
  em: EntityManager,
  actor: Actor,
  postbox: Postbox,
  clientId: string,
): Promise<Erasure> {
  requireRole(requirePerson(actor), 'OWNER');
  await em.execute('select from clients where id = ? for no key update', [clientId]);
  const client = found(await em.findOne(Client, clientId), 'client');
  const open = await findOpenErasure(em, 'CLIENT', clientId);
  if (open) return open;
  const statusBefore = client.status;
  await changeClientStatus(em, actor, clientId, 'DISABLED');
  const named = { subject: 'CLIENT', subjectId: clientId, statusBefore } as const;
  return request(em, actor, postbox, named, { client: client.name, others: [] });
}

/**
 * Have a member erased once the organization's waiting period is over: by themselves, everywhere, or by an owner, here;
 * with their last place goes their account. Until then they come in as before, since they may change their mind.
 *
 * @throws {DomainError} NOT_FOUND, also for others where the actor is no owner; CONFLICT for the last owner.
 */
export async function requestUserErasure(
  em: EntityManager,
  actor: Actor,
  postbox: Postbox & { decrypt(ciphertext: string): string },
  membershipId: string | null,
): Promise<Erasure> {
  const { userId: ownId, organizationId } = requirePerson(actor);
  await em.execute('select from organizations where id = ? for no key update', [organizationId]);
  const wanted = membershipId ? { id: membershipId } : { userId: ownId };
  const membership = await em.findOne(Membership, wanted);
  const isTheirs = membership?.userId === ownId || actor.role === 'OWNER';
  const { userId, ...place } = found(isTheirs ? membership : null, 'membership');
  const open = await findOpenErasure(em, 'USER', userId);
  if (open) return open;
  await keepAnOwner(em, { userId, ...place }, 'membershipId');
  await refuseLastOwner(em, userId, userId === ownId);
  const named = { subject: 'USER', subjectId: userId, statusBefore: null } as const;
  const { emailCiphertext } = await em.findOneOrFail(User, userId);
  const others = userId === ownId ? [] : [postbox.decrypt(emailCiphertext)];
  return request(em, actor, postbox, named, { client: null, others });
}

async function findOpenErasure(
  em: EntityManager,
  subject: Erasure['subject'],
  subjectId: string,
): Promise<Erasure | null> {
  return em.findOne(Erasure, { subject, subjectId, cancelledAt: null, completedAt: null });
}

/** @param everywhere in other organizations of theirs, too. @throws {DomainError} CONFLICT. */
async function refuseLastOwner(em: EntityManager, userId: string, everywhere: boolean) {
  const [row] = await em.execute<{ is: boolean }[]>('select is_last_owner(?, ?) as is', [
    ...[userId, everywhere],
  ]);
  if (!row?.is) return;
  const message = 'An organization would be without an owner: make somebody else one first.';
  throw new DomainError('CONFLICT', message, { fields: ['membershipId'] });
}

async function request(
  em: EntityManager,
  actor: Actor,
  postbox: Postbox,
  named: Pick<Erasure, 'subject' | 'subjectId' | 'statusBefore'>,
  { client, others }: { client: string | null; others: string[] },
): Promise<Erasure> {
  const { organizationId, userId, email } = requirePerson(actor);
  const organization = await em.findOneOrFail(Organization, organizationId);
  const [row] = await em.execute<{ at: string }[]>(
    `select (now() + ? * interval '1 day')::text as at`,
    [organization.erasureWaitDays],
  );
  const dueAt = new Date(row?.at ?? '');
  const erasure = em.create(Erasure, { ...named, organizationId, requestedBy: userId, dueAt });
  const entity = {
    entityType: named.subject === 'CLIENT' ? 'Client' : 'User',
    entityId: named.subjectId,
  };
  recordChange(em, actor, {
    ...{ action: 'REQUEST_ERASURE', ...entity, before: null },
    after: { erasureId: erasure.id, dueAt },
  });
  await em.flush();
  const letter = {
    kind: 'ERASURE_REQUESTED',
    subject: named.subject,
    client,
    organization: organization.name,
    dueAt: dueAt.toISOString(),
    timeZone: organization.timeZone,
  } as const;
  for (const to of new Set([email, ...others])) {
    if (to) await queueMail(em, postbox, { organizationId, aboutId: erasure.id, to, letter });
  }
  return em.refreshOrFail(erasure);
}
