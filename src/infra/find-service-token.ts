import type { Logger } from 'pino';
import { DomainError } from '../domain/errors.ts';
import type { ActingToken, Viewer } from '../domain/identity/viewer.ts';
import { hashToken } from '../domain/service-token/token-text.ts';
import type { Database } from './database.ts';

interface ServiceTokenRow {
  id: string;
  organization_id: string;
  name: string;
  scopes: ActingToken['scopes'];
  client_ids: string[] | null;
  allows_query_string: boolean;
  expires_at: string;
  is_use_recorded: boolean;
}

/**
 * Looks service tokens up, each time anew: one that was revoked is none at once.
 *
 * A token reads as an analyst does, or, where it is limited to clients, as these clients do.
 *
 * @returns finds whom a token stands for. @throws {DomainError} UNAUTHENTICATED.
 */
export function createServiceTokenFinder(
  database: Pick<Database, 'call'>,
  log: Pick<Logger, 'warn'>,
): (token: string) => Promise<Viewer> {
  const beingRecorded = new Set<string>();
  const recordUse = async (id: string) => {
    if (beingRecorded.has(id)) return;
    beingRecorded.add(id);
    await database
      .call('record_service_token_use', id)
      .catch((err) => log.warn({ err, serviceTokenId: id }, 'use of a service token not recorded'));
    beingRecorded.delete(id);
  };

  return async (token) => {
    const hash = hashToken(token);
    if (!hash) throw new DomainError('UNAUTHENTICATED', 'The service token is mistyped.');
    const [row] = await database.call<ServiceTokenRow>('find_service_token', hash);
    if (!row) {
      const message =
        'The service token is unknown or has ended, or all of its clients are disabled.';
      throw new DomainError('UNAUTHENTICATED', message);
    }
    // Nobody waits for it.
    if (!row.is_use_recorded) void recordUse(row.id);
    return {
      organizationId: row.organization_id,
      clientIds: row.client_ids,
      role: row.client_ids ? 'CLIENT' : 'ANALYST',
      userId: null,
      email: null,
      serviceToken: {
        id: row.id,
        name: row.name,
        scopes: row.scopes,
        allowsQueryString: row.allows_query_string,
        expiresAt: new Date(row.expires_at),
      },
    };
  };
}
