import type { Role } from '../domain/identity/membership.entity.ts';
import type { Opening } from './read-transaction.ts';

/** A session, and the organization that it says it is of. */
export interface SessionIds {
  sessionId: string;
  organizationId: string;
}

/** A row of `find_session_member`: whom a session that stands is of. */
export interface SessionMember {
  user_id: string;
  organization_id: string;
  role: Role;
  client_ids: string[] | null;
  email_ciphertext: string;
  must_enrol: boolean;
}

/**
 * What opens a transaction as whom a session is of: their membership sets its tenant. Where there is none there is no
 * tenant either, so that row-level security shows no row at all.
 */
export function openingAs<T>(
  sessionId: string,
  settings: Record<string, string>,
  read: (member: SessionMember | undefined) => T,
): Opening<SessionMember, T> {
  const names = Object.keys(settings);
  const set = names.map((name, place) => `, set_config('${name}', $${place + 2}, true)`).join('');
  return {
    sql: `select member.*, set_config('app.organization', organization_id::text, true),
        set_config('app.clients', coalesce(client_ids::text, ''), true) ${set}
      from find_session_member($1) member`,
    parameters: [sessionId, ...Object.values(settings)],
    read,
  };
}
