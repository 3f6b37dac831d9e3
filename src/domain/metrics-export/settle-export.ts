import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { checkLocale } from '../document/check-locale.ts';
import { DomainError } from '../errors.ts';
import { globalIdSql } from '../global-id.ts';
import type { Viewer } from '../identity/viewer.ts';
import { buildQuery } from '../metric-rows/build-query.ts';
import type { MetricFilters } from '../metric-rows/metric-query.ts';
import { orderRows, type RowOrder } from '../metric-rows/order-rows.ts';
import { type RequestedRows, resolveMetricQuery } from '../metric-rows/resolve-query.ts';
import type { ExportedQuery, ExportFormat, ExportOptions } from './metrics-export.entity.ts';

/** An export as it is asked for. */
export interface RequestedExport {
  format: ExportFormat;
  rows: RequestedRows;
  order: RowOrder | null;
  options: Partial<ExportOptions>;
}

/** The same with its days, clients and options settled. */
export interface SettledExport {
  format: ExportFormat;
  query: ExportedQuery;
  options: ExportOptions;
  clientId: string | null;
}

/**
 * Settle what somebody wants exported, as they see it.
 *
 * @throws {DomainError} BAD_USER_INPUT, FORBIDDEN as metric rows say; NOT_FOUND for an id of a filter that there is not.
 */
export async function settleExport(
  em: EntityManager,
  viewer: Viewer,
  { format, rows, order, options }: RequestedExport,
): Promise<SettledExport> {
  await requireFiltered(em, rows.filters);
  const resolved = await resolveMetricQuery(em, viewer, rows);
  orderRows(resolved, buildQuery(resolved, globalIdSql).columns, order);
  const [only = null, ...others] = rows.filters.clientIds ?? viewer.clientIds ?? [];
  return {
    format,
    query: { ...resolved, order, preset: rows.range.preset ?? null },
    options: {
      byteOrderMark: options.byteOrderMark ?? false,
      sheetPerLevel: options.sheetPerLevel ?? true,
      locale: checkLocale(options.locale ?? 'en-US'),
    },
    clientId: others.length === 0 ? only : null,
  };
}

const filtered = [
  ['clientIds', 'clients', 'client'],
  ['feedIds', 'feeds', 'feed'],
  ['campaignIds', 'campaigns', 'campaign'],
  ['strategyIds', 'strategies', 'strategy'],
  ['placementIds', 'placements', 'placement'],
  ['creativeIds', 'creatives', 'creative'],
] as const;

/** A file outlasts its question: what nothing can be found of is told before it is made. */
async function requireFiltered(em: EntityManager, filters: MetricFilters): Promise<void> {
  for (const [name, table, noun] of filtered) {
    const ids = new Set(filters[name] ?? []);
    if (ids.size === 0) continue;
    const rows = await em.execute<{ id: string }[]>(
      `select id from ${table} where id = any (?::uuid[])`,
      [arrayLiteral([...ids])],
    );
    if (rows.length === ids.size) continue;
    throw new DomainError('NOT_FOUND', `There is no such ${noun}.`, { fields: [name] });
  }
}
