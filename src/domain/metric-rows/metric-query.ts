import type { DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';
import { refuseHidden } from '../metrics/refuse-hidden.ts';
import type { MetricKey } from '../metrics/registry.ts';
import type { DimensionKey } from './dimensions.ts';

/** Which facts count; what is left out restricts nothing, an empty list leaves nothing. Ids are rows' own. */
export interface MetricFilters {
  clientIds?: readonly string[] | null;
  sources?: readonly string[] | null;
  feedIds?: readonly string[] | null;
  campaignIds?: readonly string[] | null;
  strategyIds?: readonly string[] | null;
  placementIds?: readonly string[] | null;
  creativeIds?: readonly string[] | null;
  labels?: readonly string[] | null;
}

/** Metrics of a range, broken down. */
export interface MetricQuery {
  dimensions: readonly DimensionKey[];
  metrics: readonly MetricKey[];
  filters: MetricFilters;
  range: DateRange;
  /** 1 for Monday, 0 for Sunday. */
  weekStartsOn: number;
  /** Whether archived months are left out even where their sums could stand for them, since what this stands beside leaves them out. */
  isHotOnly?: boolean;
}

const mostIds = 1000;

/**
 * @param withInternal whether the viewer may see internal metrics.
 * @throws {DomainError} BAD_USER_INPUT for no metric, one twice, or over 1,000 values of a filter; FORBIDDEN for
 *   a metric that is not for the viewer.
 */
export function checkMetricQuery(query: MetricQuery, withInternal: boolean): MetricQuery {
  if (query.metrics.length === 0) throw badInput('Ask for at least one metric.', 'metrics');
  refuseTwice(query.metrics, 'metrics');
  refuseTwice(query.dimensions, 'dimensions');
  for (const [name, values] of Object.entries<readonly string[] | null | undefined>({
    ...query.filters,
  })) {
    if (values && values.length > mostIds) {
      throw badInput(`${name} may have at most ${mostIds} values.`, 'filters');
    }
    if (values?.some((value) => value.includes('\0') || !value.isWellFormed())) {
      throw badInput(`A value of ${name} has a character that no name has.`, 'filters');
    }
  }
  refuseHidden(query.metrics, withInternal);
  return query;
}

function refuseTwice(keys: readonly string[], field: string): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw badInput(`${twice} is asked for twice.`, field);
}
