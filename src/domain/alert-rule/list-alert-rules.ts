import type { EntityManager } from '@mikro-orm/postgresql';
import { type Ordering, type Page, type PageRequest, readPage } from '../paging.ts';
import { AlertRule } from './alert-rule.entity.ts';

interface Row {
  id: string;
  name_key: string;
}

const byName: Ordering<Row> = {
  name: 'alert-rules',
  isDescending: false,
  keys: [
    { sql: 'lower(name)', type: 'text', valueOf: (row) => row.name_key },
    { sql: 'id', type: 'uuid', valueOf: ({ id }) => id },
  ],
};

/**
 * The rules that are in force, by name.
 *
 * @param clientId only those of it, and of each client.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listAlertRules(
  em: EntityManager,
  clientId: string | null,
  request: PageRequest,
): Promise<Page<AlertRule>> {
  const page = readPage(request, byName);
  const rows = await em.execute<Row[]>(
    `select *, lower(name) as name_key from alert_rules
     where removed_at is null and (?::uuid is null or client_id is null or client_id = ?) and ?
     order by ${page.orderBy} limit ?`,
    [clientId, clientId, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(AlertRule, row as never));
}
