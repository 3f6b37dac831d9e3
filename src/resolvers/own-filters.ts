import { fromGlobalId } from '../domain/global-id.ts';
import type { MetricFilters } from '../domain/metric-rows/metric-query.ts';
import type { RowOrder } from '../domain/metric-rows/order-rows.ts';
import type { MetricFiltersInput, MetricRowOrderInput } from '../schema/metric-rows.type.ts';

/** Filters by rows' own ids. @throws {DomainError} BAD_USER_INPUT for what is no id of its type. */
export function ownFilters(filters: MetricFiltersInput): MetricFilters {
  const own = (type: string, ids: string[] | null | undefined) =>
    ids?.map((id) => fromGlobalId(type, id)) ?? null;
  return {
    ...filters,
    clientIds: own('Client', filters.clientIds),
    feedIds: own('Feed', filters.feedIds),
    campaignIds: own('Campaign', filters.campaignIds),
    strategyIds: own('Strategy', filters.strategyIds),
    placementIds: own('Placement', filters.placementIds),
    creativeIds: own('Creative', filters.creativeIds),
  };
}

/** The order that rows are asked for in; null where none is. */
export function rowOrder(order: MetricRowOrderInput | null | undefined): RowOrder | null {
  return order ? { key: order.key, isDescending: order.direction === 'DESC' } : null;
}
