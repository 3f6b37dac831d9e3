import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput } from '../errors.ts';
import { Organization } from '../identity/organization.entity.ts';

/**
 * Set how many days erasures that are asked for from now on can be cancelled.
 *
 * @throws {DomainError} BAD_USER_INPUT unless it is 1 to 90.
 */
export async function setErasureWait(
  em: EntityManager,
  actor: Actor,
  days: number,
): Promise<Organization> {
  if (days < 1 || days > 90) throw badInput('The waiting period is 1 to 90 days.', 'days');
  const organization = await em.findOneOrFail(Organization, actor.organizationId);
  const { erasureWaitDays } = organization;
  if (erasureWaitDays === days) return organization;
  organization.erasureWaitDays = days;
  recordChange(em, actor, {
    ...{ action: 'SET_ERASURE_WAIT', entityType: 'Organization', entityId: organization.id },
    ...{ before: { erasureWaitDays }, after: { erasureWaitDays: days } },
  });
  await em.flush();
  return organization;
}
