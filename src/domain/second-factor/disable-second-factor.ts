import type { EntityManager } from '@mikro-orm/postgresql';
import { recordChange } from '../audit-log/record-change.ts';
import { badInput, DomainError } from '../errors.ts';
import type { Person } from './enrol-second-factor.ts';
import { type FactorServices, proveSecondFactor } from './prove-second-factor.ts';

/**
 * Sign in without a code from now on. It takes one: a session that was left open is not enough.
 *
 * @returns whether there was one.
 * @throws {DomainError} BAD_USER_INPUT for a wrong code; RATE_LIMITED.
 */
export async function disableSecondFactor(
  em: EntityManager,
  actor: Person,
  services: FactorServices,
  code: string,
): Promise<boolean> {
  const { userId } = actor;
  await proveSecondFactor(em, services, userId, code).catch((error) => {
    // The session stands: as an answer to signing in, it would have clients sign out.
    throw isRefusal(error) ? badInput(error.message, 'code') : error;
  });
  const removed = await em.execute<object[]>(
    'delete from second_factors where user_id = ? returning user_id',
    [userId],
  );
  if (removed.length === 0) return false;
  const entity = { entityType: 'User', entityId: userId };
  const action = 'DISABLE_SECOND_FACTOR';
  recordChange(em, actor, { action, ...entity, before: null, after: null });
  await em.flush();
  return true;
}

function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'UNAUTHENTICATED';
}
