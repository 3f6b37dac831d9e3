import type { EntryFilter } from '../domain/audit-log/entry-filter.ts';
import { conditionsOf } from '../domain/audit-log/entry-filter.ts';
import { badInput } from '../domain/errors.ts';
import { fromGlobalId, parseGlobalId } from '../domain/global-id.ts';
import { readParameters } from './read-parameters.ts';

const names = [
  ...['userId', 'serviceTokenId', 'action', 'entityType', 'entityId'],
  ...['from', 'before', 'ip', 'requestId'],
] as const;

/**
 * Read which entries of the audit log an address asks for, as `auditLog` of the graph takes it.
 *
 * @throws {DomainError} BAD_USER_INPUT with all that is wrong.
 */
export function readEntryFilter(address: URLSearchParams): EntryFilter {
  const { one, list, check, finish } = readParameters(address, names);
  const text = (given: string) => given;
  const actions = list('action', text, ',');
  const entity = one('entityId', readEntity);
  const filter: EntryFilter = {
    userId: one('userId', (id) => fromGlobalId('User', id)),
    serviceTokenId: one('serviceTokenId', (id) => fromGlobalId('ServiceToken', id)),
    actions: actions.length > 0 ? actions : null,
    entityType: entity?.type ?? one('entityType', text),
    entityId: entity?.id ?? null,
    from: one('from', readInstant),
    before: one('before', readInstant),
    ip: one('ip', text),
    requestId: one('requestId', text),
  };
  check([...names], () => conditionsOf(filter));
  finish();
  return filter;
}

function readEntity(id: string): { type: string; id: string } {
  const entity = parseGlobalId(id);
  if (!entity) throw badInput(`"${id.slice(0, 80)}" is not an id.`);
  return entity;
}

function readInstant(text: string): Date {
  const instant = new Date(text);
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) || Number.isNaN(+instant)) {
    throw badInput(`"${text.slice(0, 80)}" is no instant: write 2026-11-21T05:00:00Z.`);
  }
  return instant;
}
