import type { EntityManager } from '@mikro-orm/postgresql';
import { isAtLeast, type Viewer } from '../identity/viewer.ts';
import { newestFirst } from '../newest-first.ts';
import { type Page, type PageRequest, readPage } from '../paging.ts';
import { IssuedReport } from './issued-report.entity.ts';
import { ReportDefinition } from './report-definition.entity.ts';

interface Row {
  id: string;
  created_at: string;
}

/** Whether a report is there for a viewer: to a client's own people once it is issued, and without internal metrics. */
export function maySeeReport(viewer: Viewer, { issuedAt, forRole }: IssuedReport): boolean {
  return isAtLeast(viewer, 'ANALYST') || (issuedAt !== null && isAtLeast(viewer, forRole));
}

/** Which issued reports are wanted; what is null or left out does not limit. */
export interface IssuedReportFilter {
  clientId?: string | null;
  definitionId?: string | null;
}

/**
 * The reports that a viewer may see, the newest first; for analysts also those that are about to be issued.
 *
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listIssuedReports(
  em: EntityManager,
  viewer: Viewer,
  { clientId = null, definitionId = null }: IssuedReportFilter,
  request: PageRequest,
): Promise<Page<IssuedReport>> {
  const page = readPage(request, newestFirst('issued reports'));
  const rows = await em.execute<Row[]>(
    `select * from issued_reports
     where (? or issued_at is not null and for_role = 'CLIENT')
       and (?::uuid is null or client_id = ?) and (?::uuid is null or definition_id = ?) and ?
     order by ${page.orderBy} limit ?`,
    [
      ...[isAtLeast(viewer, 'ANALYST'), clientId, clientId, definitionId, definitionId],
      ...[page.between, page.limit],
    ],
  );
  return page.toPage(rows, (row) => em.map(IssuedReport, row as never));
}

/**
 * The definitions of reports that stand, the newest first.
 *
 * @param clientId only those of it.
 * @throws {DomainError} BAD_USER_INPUT for a page size or a cursor that cannot be used.
 */
export async function listDefinitions(
  em: EntityManager,
  clientId: string | null,
  request: PageRequest,
): Promise<Page<ReportDefinition>> {
  const page = readPage(request, newestFirst('report definitions'));
  const rows = await em.execute<Row[]>(
    `select * from report_definitions
     where removed_at is null and (?::uuid is null or client_id = ?) and ?
     order by ${page.orderBy} limit ?`,
    [clientId, clientId, page.between, page.limit],
  );
  return page.toPage(rows, (row) => em.map(ReportDefinition, row as never));
}
