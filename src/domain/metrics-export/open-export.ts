import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import type { DocumentRequest } from '../document/read-document.ts';
import { DomainError } from '../errors.ts';
import type { NewFile } from '../file/make-file.ts';
import { Membership } from '../identity/membership.entity.ts';
import { isAtLeast, type Viewer } from '../identity/viewer.ts';
import { checkMetricQuery } from '../metric-rows/metric-query.ts';
import { metrics } from '../metrics/registry.ts';
import { type ExportOptions, MetricsExport } from './metrics-export.entity.ts';

/** Days that an export can be fetched. */
const lifeDays = 7;

/** Rows that a file is to be made of, and how. */
export interface WantedRows {
  wanted: Pick<MetricsExport, 'query'> & {
    options: ExportOptions & Pick<DocumentRequest, 'title' | 'parts'>;
  };
  /** As whom they are read: nothing that they may not see is written. */
  viewer: Viewer;
  /** The client that it is of, where that is one alone. */
  client: Client | null;
}

/** An export that is to be made, for who asked, as they are by now. */
export interface OpenedExport extends WantedRows {
  wanted: MetricsExport;
}

/** What the file of an export is, but for its name and type. */
export type ExportFile = Omit<NewFile, 'organizationId' | 'jobRunId' | 'name' | 'contentType'>;

/**
 * Read what is to be exported, and as whom.
 *
 * @throws {DomainError} FORBIDDEN: who asked has left, or may not see it any more.
 */
export async function openExport(em: EntityManager, id: string): Promise<OpenedExport> {
  const wanted = await em.findOneOrFail(MetricsExport, id);
  const { organizationId, requestedBy: userId, clientId } = wanted;
  const member = await em.findOne(Membership, { userId, disabledAt: null });
  if (!member) throw new DomainError('FORBIDDEN', 'Who asked for it is no member any more.');
  const { role, clientIds } = member;
  const viewer = { organizationId, clientIds, userId, email: null, role };
  checkMetricQuery(wanted.query, isAtLeast(viewer, 'ANALYST'));
  const client = clientId && (await em.findOneOrFail(Client, clientId));
  return { wanted, viewer, client: client || null };
}

/** Whose the file of an export is, and whom it is for while they may see what is in it. */
export function fileOf({ wanted, viewer }: OpenedExport): ExportFile {
  const { clientId, requestedBy, query } = wanted;
  const isInternal = query.metrics.some((key) => metrics[key].isInternal);
  return {
    ...{ kind: 'METRICS_EXPORT', clientId, userId: null, requestedBy, lifeDays },
    forClients: clientId ? [clientId] : viewer.clientIds,
    forRole: isInternal ? 'ANALYST' : 'CLIENT',
  };
}

/** What an export is saved as, without its ending: of whom, and over which days. */
export function nameOf({ wanted, client }: WantedRows): string {
  const { from, to } = wanted.query.range;
  const whose = client?.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'metrics';
  return `${whose}_${from}_${to}`;
}
