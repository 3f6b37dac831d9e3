import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../audit-log/record-change.ts';
import { DomainError, found } from '../errors.ts';
import { requireAuthorityOver } from './authority.ts';
import { Membership } from './membership.entity.ts';

/**
 * The membership of somebody whom the actor has authority over, with the organization's memberships held: those who
 * change them take turns, so that two owners who leave at once do not both find the other still there.
 *
 * @throws {DomainError} NOT_FOUND; FORBIDDEN (a higher place).
 */
export async function holdMembership(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<Membership> {
  const { organizationId } = actor;
  await em.execute('select from organizations where id = ? for no key update', [organizationId]);
  const membership = found(await em.findOne(Membership, id), 'membership');
  requireAuthorityOver(actor, membership);
  return membership;
}

/**
 * @param field names the membership in what is asked.
 * @throws {DomainError} CONFLICT where nobody else is an owner who can sign in.
 */
export async function keepAnOwner(
  em: EntityManager,
  leaving: Membership,
  field = 'id',
): Promise<void> {
  if (leaving.role !== 'OWNER') return;
  const [other] = await em.execute(
    `select from memberships m join users u on u.id = m.user_id
     where m.role = 'OWNER' and m.id <> ? and m.disabled_at is null and u.disabled_at is null limit 1`,
    [leaving.id],
  );
  if (!other) {
    throw new DomainError(
      'CONFLICT',
      'This is the last owner: make somebody else an owner first.',
      {
        fields: [field],
      },
    );
  }
}
