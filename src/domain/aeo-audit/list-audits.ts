import type { EntityManager } from '@mikro-orm/postgresql';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { AeoAudit, type AuditStatus } from './aeo-audit.entity.ts';
import { AeoSetUp } from './aeo-set-up.entity.ts';

interface Row {
  id: string;
  created_at: string;
}

/** Which audits are wanted; what is null or left out does not limit. */
export interface AuditFilter {
  clientId?: string | null;
  setUpId?: string | null;
  status?: AuditStatus | null;
}

/**
 * Audits, the newest first.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listAudits(
  em: EntityManager,
  { clientId = null, setUpId = null, status = null }: AuditFilter,
  request: PageRequest,
): Promise<Page<AeoAudit>> {
  const page = readPage(request, newestFirst('audits'));
  const rows = await em.execute<Row[]>(
    `select * from aeo_audits
     where (?::uuid is null or client_id = ?) and (?::uuid is null or set_up_id = ?)
       and (?::text is null or status = ?) and ?
     order by ${page.orderBy} limit ?`,
    [clientId, clientId, setUpId, setUpId, status, status, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(AeoAudit, row as never));
}

/**
 * Set-ups that stand, the newest first.
 *
 * @param clientId only those of it.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listSetUps(
  em: EntityManager,
  clientId: string | null,
  request: PageRequest,
): Promise<Page<AeoSetUp>> {
  const page = readPage(request, newestFirst('set-ups'));
  const rows = await em.execute<Row[]>(
    `select * from aeo_set_ups
     where removed_at is null and (?::uuid is null or client_id = ?) and ?
     order by ${page.orderBy} limit ?`,
    [clientId, clientId, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(AeoSetUp, row as never));
}
