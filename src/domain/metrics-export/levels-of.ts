import { levels } from '../media/levels.ts';
import type { DimensionKey } from '../metric-rows/dimensions.ts';
import type { MetricQuery } from '../metric-rows/metric-query.ts';

/** Rows of one level of the hierarchy: what they are called together, and what tells them apart. */
export interface QueryLevel {
  name: string;
  dimensions: readonly DimensionKey[];
}

const names = {
  campaign: 'Campaigns',
  strategy: 'Strategies',
  placement: 'Placements',
  creative: 'Creatives',
};

/**
 * The levels of the hierarchy among the dimensions of a query, from the top: the rows of each are the query's without
 * the dimensions of the levels below; those of the last are the query's own.
 *
 * @param isEach whether all are wanted, or only the query's own rows.
 */
export function levelsOf(
  { dimensions }: Pick<MetricQuery, 'dimensions'>,
  isEach: boolean,
): QueryLevel[] {
  const asked = levels.map(({ name }) => name).filter((name) => dimensions.includes(name));
  const last = asked.at(-1);
  if (!last) return [{ name: 'Metrics', dimensions }];
  const wanted = isEach ? asked : [last];
  return wanted.map((level) => {
    const below = asked.slice(asked.indexOf(level) + 1);
    return {
      name: names[level],
      dimensions: dimensions.filter((key) => !below.some((each) => each === key)),
    };
  });
}
