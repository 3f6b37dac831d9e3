import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import { DomainError } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { cancelMails } from '../mail/end-mail.ts';
import type { Postbox } from '../mail/queue-mail.ts';
import { requireMayGrant } from './authority.ts';
import { bindClients } from './bind-clients.ts';
import { checkEmail } from './check-email.ts';
import { Invitation } from './invitation.entity.ts';
import { mailInvitation } from './mail-invitation.ts';
import type { Role } from './membership.entity.ts';

export interface NewInvitation {
  email: string;
  role: Role;
  /** The clients that a CLIENT sees; empty or left out for other roles. */
  clientIds?: string[] | null;
  idempotencyKey?: string | null;
}

/**
 * Mail somebody a link by which they join the organization. Whether they have an account already, perhaps with another
 * organization, makes no difference to who invites.
 *
 * @throws {DomainError} BAD_USER_INPUT; NOT_FOUND (client); FORBIDDEN (role); CONFLICT for who is a member or is
 *   invited already.
 */
export async function inviteUser(
  em: EntityManager,
  actor: Actor,
  cipher: FieldCipher,
  postbox: Postbox,
  { idempotencyKey, ...input }: NewInvitation,
): Promise<Invitation> {
  requireMayGrant(actor, input.role);
  const email = checkEmail(input.email);
  const emailIndex = cipher.blindIndex(email);
  const { role, clientIds } = input;
  const call = {
    operation: 'inviteUser',
    key: idempotencyKey,
    input: { emailIndex, role, clientIds },
  };
  const id = await once(em, actor, call, async () => {
    const bound = await bindClients(em, role, clientIds ?? []);
    await refuseKnown(em, actor, emailIndex);
    const invitationId = randomUUID();
    const mailed = await mailInvitation(em, actor, postbox, { id: invitationId, to: email, role });
    em.create(Invitation, {
      id: invitationId,
      organizationId: actor.organizationId,
      emailCiphertext: cipher.encrypt(email),
      emailIndex,
      role,
      clientIds: bound,
      invitedBy: actor.userId,
      ...mailed,
    });
    const entity = { entityType: 'Invitation', entityId: invitationId };
    const after = { role, clientIds: bound, expiresAt: mailed.expiresAt };
    recordChange(em, actor, { action: 'CREATE', ...entity, before: null, after });
    await em.flush();
    return invitationId;
  });
  return em.findOneOrFail(Invitation, id);
}

/** One who is invited and did not come in time makes room for a new invitation. */
async function refuseKnown(em: EntityManager, actor: Actor, emailIndex: string): Promise<void> {
  // Who invites the same person at once takes turns.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `${actor.organizationId}:${emailIndex}`,
  ]);
  const [member] = await em.execute(
    'select from memberships m join users u on u.id = m.user_id where u.email_index = ?',
    [emailIndex],
  );
  if (member) refuse('They are a member already.');
  const expired = await em.execute<{ id: string }[]>(
    `update invitations set revoked_at = now()
     where email_index = ? and accepted_at is null and revoked_at is null and expires_at <= now()
     returning id`,
    [emailIndex],
  );
  for (const { id } of expired) await cancelMails(em, id);
  const [open] = await em.execute(
    'select from invitations where email_index = ? and accepted_at is null and revoked_at is null',
    [emailIndex],
  );
  if (open) refuse('They are invited already: send that invitation again.');
}

function refuse(message: string): never {
  throw new DomainError('CONFLICT', message, { fields: ['email'] });
}
