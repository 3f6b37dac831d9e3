import type { EntityManager } from '@mikro-orm/postgresql';
import { today } from '../calendar.ts';
import { Client } from '../client/client.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { isAtLeast, type Viewer } from '../identity/viewer.ts';
import type { Grain } from '../metrics/period-of.ts';
import type { Calendar } from '../range-preset.ts';
import { type RequestedRange, resolveRange } from '../requested-range.ts';
import type { DimensionKey } from './dimensions.ts';
import { checkMetricQuery, type MetricQuery } from './metric-query.ts';

/** Metric rows as they are asked for. */
export interface RequestedRows extends Pick<MetricQuery, 'dimensions' | 'metrics' | 'filters'> {
  range: RequestedRange;
  /** Adds the dimension of its periods in front, where it is not among them. */
  grain?: Grain | null;
}

const dimensionOfGrain: Record<Grain, DimensionKey> = { DAY: 'date', WEEK: 'week', MONTH: 'month' };

/**
 * The query that a viewer asks for, with its days and dimensions settled.
 *
 * Presets are counted in the time zone of the client, where only one is asked for, else in the organization's.
 *
 * @throws {DomainError} BAD_USER_INPUT, FORBIDDEN as `checkMetricQuery` and `resolveRange` say.
 */
export async function resolveMetricQuery(
  em: EntityManager,
  viewer: Viewer,
  { range, grain, ...requested }: RequestedRows,
): Promise<MetricQuery> {
  const calendar = await calendarOfRows(em, viewer, requested.filters.clientIds ?? []);
  const period = grain ? dimensionOfGrain[grain] : null;
  const isAdded = period && !requested.dimensions.includes(period);
  const query = {
    ...requested,
    dimensions: isAdded ? [period, ...requested.dimensions] : requested.dimensions,
    range: resolveRange(range, calendar),
    weekStartsOn: calendar.weekStartsOn,
  };
  return checkMetricQuery(query, isAtLeast(viewer, 'ANALYST'));
}

async function calendarOfRows(
  em: EntityManager,
  { organizationId }: Viewer,
  clientIds: readonly string[],
): Promise<Calendar> {
  const { timeZone, weekStartsOn } = await em.findOneOrFail(Organization, organizationId);
  const [only, ...others] = clientIds;
  const client = only && others.length === 0 ? await em.findOne(Client, only) : null;
  return { today: today(client?.timeZone ?? timeZone), weekStartsOn };
}
