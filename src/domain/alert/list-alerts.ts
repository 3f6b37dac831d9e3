import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import { Alert, type AlertKind, type AlertSeverity } from './alert.entity.ts';

/** Which alerts are wanted; what is null or left out does not matter. */
export interface AlertFilter {
  kinds?: AlertKind[] | null;
  clientId?: string | null;
  feedId?: string | null;
  ruleId?: string | null;
  severities?: AlertSeverity[] | null;
  /** Whether the trouble goes on. */
  isOpen?: boolean | null;
}

interface Row {
  id: string;
  first_seen_at: string;
}

const newestFirst: Ordering<Row> = {
  name: 'alerts',
  isDescending: true,
  keys: [
    { sql: 'first_seen_at', type: 'instant', valueOf: (row) => row.first_seen_at },
    { sql: 'id', type: 'uuid', valueOf: ({ id }) => id },
  ],
};

/**
 * The organization's alerts, those that are resolved too, by when they began: the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listAlerts(
  em: EntityManager,
  { kinds, clientId, feedId, ruleId, severities, isOpen }: AlertFilter,
  request: PageRequest,
): Promise<Page<Alert>> {
  const page = readPage(request, newestFirst);
  const wanted: [sql: string, value: unknown][] = [];
  if (kinds != null) wanted.push(['kind = any (?::text[])', arrayLiteral(kinds)]);
  if (clientId != null) wanted.push(['client_id = ?', clientId]);
  if (feedId != null) wanted.push(['feed_id = ?', feedId]);
  if (ruleId != null) wanted.push(['rule_id = ?', ruleId]);
  if (severities != null) wanted.push(['severity = any (?::text[])', arrayLiteral(severities)]);
  if (isOpen != null) wanted.push(['(resolved_at is null) = ?', isOpen]);
  const rows = await em.execute<Row[]>(
    `select * from alerts where ${[...wanted.map(([sql]) => sql), '?'].join(' and ')}
     order by ${page.orderBy} limit ?`,
    [...wanted.map(([, value]) => value), page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(Alert, row as never));
}
