import type { EntityManager } from '@mikro-orm/postgresql';
import { recordChange } from '../audit-log/record-change.ts';
import { DomainError } from '../errors.ts';
import { Organization } from '../identity/organization.entity.ts';
import type { Person } from './enrol-second-factor.ts';

/**
 * Have everybody of the organization use a second factor, or leave it to them. Who has none sets one up before
 * anything else.
 *
 * @throws {DomainError} CONFLICT where who asks for it has none.
 */
export async function requireSecondFactor(
  em: EntityManager,
  actor: Person,
  isRequired: boolean,
): Promise<Organization> {
  const organization = await em.findOneOrFail(Organization, actor.organizationId);
  const { requiresSecondFactor } = organization;
  if (requiresSecondFactor === isRequired) return organization;
  const [own] = await em.execute<object[]>(
    'select user_id from second_factors where user_id = ? and confirmed_at is not null',
    [actor.userId],
  );
  if (isRequired && !own)
    throw new DomainError('CONFLICT', 'Enrol a second factor yourself first.');
  organization.requiresSecondFactor = isRequired;
  recordChange(em, actor, {
    action: 'REQUIRE_SECOND_FACTOR',
    entityType: 'Organization',
    entityId: organization.id,
    before: { requiresSecondFactor },
    after: { requiresSecondFactor: isRequired },
  });
  await em.flush();
  return organization;
}
