import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { calendarOf } from '../identity/calendar-of.ts';
import { type ExportFile, nameOf, type WantedRows } from '../metrics-export/open-export.ts';
import { IssuedReport } from './issued-report.entity.ts';

/** A report that is to be made: rows like those of an export, as its readers may see them. */
export interface OpenedReport extends WantedRows {
  report: IssuedReport;
  client: Client;
}

/** Read what a report is to be made of. Nobody asks for one on schedule: it is made as for the least who may read it. */
export async function openReport(em: EntityManager, id: string): Promise<OpenedReport> {
  const report = await em.findOneOrFail(IssuedReport, id);
  const { organizationId, clientId, dimensions, metrics, sections, rangePreset } = report;
  const { fromDate: from, toDate: to, forRole: role, locale, name } = report;
  const client = await em.findOneOrFail(Client, clientId);
  const { weekStartsOn } = await calendarOf(em, client);
  const filters = { clientIds: [clientId] };
  const query = { dimensions, metrics, filters, range: { from, to }, weekStartsOn };
  return {
    ...{ report, client },
    viewer: { organizationId, clientIds: [clientId], userId: null, email: null, role },
    wanted: {
      query: { ...query, order: null, preset: rangePreset },
      options: {
        ...{ byteOrderMark: true, sheetPerLevel: true, locale },
        ...{ title: name, parts: sections },
      },
    },
  };
}

/** Days after which what is left of a report that never was issued is removed. */
const lifeDays = 7;

/** Whose the file of a report is, and for whom. */
export function fileOfReport({ report }: OpenedReport): ExportFile {
  const { clientId, forRole } = report;
  return {
    ...{ kind: 'REPORT', clientId, userId: null, requestedBy: null, lifeDays },
    ...{ forClients: [clientId], forRole },
  };
}

/** What the file of a report is saved as, without its ending. */
export function nameOfReport({ report, ...opened }: OpenedReport): string {
  const name = report.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return [nameOf(opened), ...(name ? [name] : [])].join('_').slice(0, 200);
}
