import type { EntityManager } from '@mikro-orm/postgresql';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import { AuditLogEntry } from './audit-log-entry.entity.ts';
import { conditionsOf, type EntryFilter } from './entry-filter.ts';

interface Row {
  id: string;
  at: string;
}

const newestFirst: Ordering<Row> = {
  name: 'audit-log',
  isDescending: true,
  keys: [
    { sql: 'at', type: 'instant', valueOf: ({ at }) => at },
    { sql: 'id', type: 'uuid', valueOf: ({ id }) => id },
  ],
};

/**
 * Entries of the organization's audit log, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a filter, a page size or a cursor that cannot be used.
 */
export async function listEntries(
  em: EntityManager,
  filter: EntryFilter,
  request: PageRequest,
): Promise<Page<AuditLogEntry>> {
  const page = readPage(request, newestFirst);
  const { sql, parameters } = conditionsOf(filter);
  const rest = `order by ${page.orderBy} limit ?`;
  const asked = [...parameters, page.between, page.limit];
  // A page of each action: an index has each in order, and none has several.
  const rows = filter.actions
    ? await em.execute<Row[]>(
        `select e.* from jsonb_array_elements_text(?::jsonb) wanted (action)
         cross join lateral (
           select * from audit_log where audit_log.action = wanted.action and ${sql} and ? ${rest}
         ) e ${rest}`,
        [JSON.stringify([...new Set(filter.actions)]), ...asked, page.limit],
      )
    : await em.execute<Row[]>(`select * from audit_log where ${sql} and ? ${rest}`, asked);
  return page.toPage(rows, (row) => em.map(AuditLogEntry, row as never));
}
