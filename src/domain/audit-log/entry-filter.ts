import { isIP } from 'node:net';
import { badInput } from '../errors.ts';

/** Which entries of the audit log are wanted; what is left out does not limit. */
export interface EntryFilter {
  userId?: string | null;
  serviceTokenId?: string | null;
  actions?: readonly string[] | null;
  entityType?: string | null;
  entityId?: string | null;
  from?: Date | null;
  before?: Date | null;
  ip?: string | null;
  requestId?: string | null;
}

const mostActions = 50;

/**
 * SQL of what a filter asks of entries, but for their actions.
 *
 * @throws {DomainError} BAD_USER_INPUT for what cannot be looked for.
 */
export function conditionsOf(filter: EntryFilter): { sql: string; parameters: unknown[] } {
  const { actions, entityType, requestId, ip } = filter;
  if ([...(actions ?? []), entityType, requestId].some((text) => text?.includes('\0'))) {
    throw badInput('A text holds no NUL.', 'filter');
  }
  if (actions && (actions.length === 0 || actions.length > mostActions)) {
    throw badInput(`Give 1 to ${mostActions} actions, or none to see all.`, 'actions');
  }
  if (filter.from && filter.before && filter.from >= filter.before) {
    throw badInput('It ends before it begins.', 'from', 'before');
  }
  // PostgreSQL knows neither a year 0 nor zones of addresses.
  for (const [field, instant] of Object.entries({ from: filter.from, before: filter.before })) {
    if (instant && instant.getUTCFullYear() < 1) throw badInput('Years begin with 1.', field);
  }
  if (ip && (!isIP(ip) || ip.includes('%'))) {
    throw badInput(`"${ip.slice(0, 80)}" is no IP address.`, 'ip');
  }
  const conditions: [sql: string, value: unknown][] = [
    ['user_id = ?', filter.userId],
    ['service_token_id = ?', filter.serviceTokenId],
    ['entity_type = ?', entityType],
    ['entity_id = ?', filter.entityId],
    ['at >= ?', filter.from],
    ['at < ?', filter.before],
    ['ip = ?::inet', ip],
    ['request_id = ?', requestId],
  ];
  const given = conditions.filter(([, value]) => value !== null && value !== undefined);
  return {
    sql: ['true', ...given.map(([sql]) => sql)].join(' and '),
    parameters: given.map(([, value]) => value),
  };
}
