import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../errors.ts';

/**
 * Keep those from signing in, while an emergency lasts, who have no second factor: somebody who came by their password
 * alone must not set one up as theirs.
 *
 * @throws {DomainError} FORBIDDEN.
 */
export async function refuseKeptOut(em: EntityManager, userId: string): Promise<void> {
  const [row] = await em.execute<{ isKeptOut: boolean }[]>('select is_kept_out(?) as "isKeptOut"', [
    userId,
  ]);
  if (!row?.isKeptOut) return;
  throw new DomainError(
    'FORBIDDEN',
    'An emergency lasts: only who has a second factor signs in. Ask an operator to let you in.',
  );
}
