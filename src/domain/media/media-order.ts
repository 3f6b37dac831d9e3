import type { DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';
import type { MetricKey } from '../metrics/registry.ts';
import type { Ordering, SortKey } from '../paging.ts';
import type { NodeLevel } from './levels.ts';
import type { MetricInRange } from './metric-of-each.ts';

/** What clients and media can be ordered by. */
export const mediaOrderFields = ['NAME', 'CREATED_AT', 'METRIC'] as const;
export const sortDirections = ['ASC', 'DESC'] as const;

/** How clients or media are ordered; by name, upwards, where nothing is said. */
export interface MediaOrder {
  field?: (typeof mediaOrderFields)[number];
  /** Of METRIC alone: which one, over which days. */
  metric?: MetricKey | null | undefined;
  range?: DateRange | null | undefined;
  direction?: (typeof sortDirections)[number];
}

/** A row of a list, with what lists are ordered by. */
export interface OrderedRow {
  id: string;
  name: string;
  created_at: string;
  /** The metric that the list is ordered by; null where it is undefined, left out in other orders. */
  value?: string | null;
}

/** An order, and the metric that it is by, if any. */
export interface OrderReading {
  ordering: Ordering<OrderedRow>;
  by: MetricInRange | null;
}

const byId: SortKey<OrderedRow> = { sql: 'id', type: 'uuid', valueOf: ({ id }) => id };
const byName: SortKey<OrderedRow> = { sql: 'name', type: 'text', valueOf: ({ name }) => name };
const byCreation: SortKey<OrderedRow> = {
  ...{ sql: 'created_at', type: 'instant' },
  valueOf: (row) => row.created_at,
};

/**
 * Find out how a list is ordered: ties by id, and what is undefined last, whichever way it goes.
 *
 * @throws {DomainError} BAD_USER_INPUT for a metric order without its metric or its range, or for these in another.
 */
export function readOrder(level: NodeLevel, order: MediaOrder): OrderReading {
  const { field = 'NAME', metric, range, direction = 'ASC' } = order;
  const isDescending = direction === 'DESC';
  if (field !== 'METRIC') {
    if (metric || range)
      throw badInput(`metric and range are of the order by METRIC.`, 'metric', 'range');
    const keys = [field === 'NAME' ? byName : byCreation, byId];
    return {
      ordering: { name: `${level} ${field} ${direction}`, isDescending, keys },
      by: null,
    };
  }
  if (!metric || !range)
    throw badInput('The order by METRIC needs a metric and a range.', 'metric', 'range');
  return {
    ordering: {
      name: [level, metric, range.from, range.to, direction].join(' '),
      isDescending,
      keys: [...byValue(isDescending), byId],
    },
    by: { metric, range },
  };
}

/** Keys are never null and all go the same way: whether there is a value comes before the value. */
function byValue(isDescending: boolean): SortKey<OrderedRow>[] {
  return [
    {
      sql: isDescending ? 'value is not null' : 'value is null',
      type: 'boolean',
      valueOf: ({ value }) => String((value == null) !== isDescending),
    },
    { sql: 'coalesce(value, 0)', type: 'decimal', valueOf: ({ value }) => value ?? '0' },
  ];
}
