import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput } from '../errors.ts';
import { hashLinkToken } from './link-token.ts';
import type { Role } from './membership.entity.ts';

/** Calls one of the database's functions that look across organizations. */
export type CallFunction = <Row extends object>(
  name: string,
  ...parameters: unknown[]
) => Promise<Row[]>;

/** Calls them within a transaction, which must not wait for a second connection while it holds one. */
export function callWithin(em: EntityManager): CallFunction {
  return (name, ...parameters) =>
    em.execute(`select * from ${name}(${parameters.map(() => '?').join(', ')})`, parameters);
}

/** What a mailed link leads to, and in which organization. */
export interface FoundLink {
  id: string;
  organizationId: string;
}

/** @throws {DomainError} BAD_USER_INPUT for what is the token of no link. */
export async function findLink(
  call: CallFunction,
  kind: 'invitation' | 'password_reset',
  token: string,
): Promise<FoundLink> {
  const [row] = await call<{ id: string; organization_id: string }>(
    `find_${kind}`,
    hashLinkToken(token),
  );
  if (!row) throw badInput('This link is not valid.', 'token');
  return { id: row.id, organizationId: row.organization_id };
}

/** An email's account, in whichever organization. */
export interface KnownAccount {
  userId: string;
  isDisabled: boolean;
}

/** @returns null where nobody has the email. */
export async function findAccount(
  call: CallFunction,
  emailIndex: string,
): Promise<KnownAccount | null> {
  const [row] = await call<{ user_id: string; is_disabled: boolean }>('find_account', emailIndex);
  return row ? { userId: row.user_id, isDisabled: row.is_disabled } : null;
}

/** @returns the first place of a user who may sign in; null where there is none. */
export async function findPlace(
  call: CallFunction,
  userId: string,
): Promise<{ organizationId: string; role: Role } | null> {
  const [row] = await call<{ organization_id: string; role: Role }>('find_memberships', userId);
  return row ? { organizationId: row.organization_id, role: row.role } : null;
}
