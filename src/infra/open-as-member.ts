import type { MembershipRow } from '../domain/identity/sign-in.ts';
import type { Opening } from './read-transaction.ts';

/** A user, and the organization that they say they are a member of. */
export interface MemberIds {
  userId: string;
  organizationId: string;
}

/** A row of `find_memberships`. */
export interface FoundMembership {
  user_id: string;
  organization_id: string;
  role: MembershipRow['role'];
  client_ids: string[] | null;
  email_ciphertext: string;
}

/**
 * What opens a transaction as a member of an organization: their membership sets its tenant. Where there is none
 * there is no tenant either, so that row-level security shows no row at all.
 */
export function openingAs<T>(
  { userId, organizationId }: MemberIds,
  settings: Record<string, string>,
  read: (membership: MembershipRow | undefined) => T,
): Opening<FoundMembership, T> {
  const names = Object.keys(settings);
  const set = names.map((name, place) => `, set_config('${name}', $${place + 3}, true)`).join('');
  return {
    sql: `select member.*, set_config('app.organization', organization_id::text, true),
        set_config('app.clients', coalesce(client_ids::text, ''), true) ${set}
      from find_memberships($1) member where organization_id = $2`,
    parameters: [userId, organizationId, ...Object.values(settings)],
    read: (row) => read(row && toMembership(row)),
  };
}

export function toMembership(row: FoundMembership): MembershipRow {
  return {
    userId: row.user_id,
    organizationId: row.organization_id,
    role: row.role,
    clientIds: row.client_ids,
    emailCiphertext: row.email_ciphertext,
  };
}
