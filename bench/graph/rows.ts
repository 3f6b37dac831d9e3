import { globalIdSql, toGlobalId } from '../../src/domain/global-id.ts';
import { clientNames, dayAt, idOf, type Shape } from './shape.ts';

/** How many rows leave. */
export const rowCount = 100_000;

const facts = ['impressions', 'clicks', 'conversions', 'revenue', 'spend'];
const clientId = idOf(clientNames[0] ?? '');

/** Every creative of a client by day, for as many days as make up the rows. @returns the parameters of an address. */
export function addressOfRows(shape: Shape): string {
  const { from, to } = rangeOf(shape);
  const asked = {
    ...{ dimensions: 'date,creative', metrics: facts.join() },
    ...{ from, to, first: String(rowCount) },
  };
  return `${new URLSearchParams({ ...asked, clientId: toGlobalId('Client', clientId) })}`;
}

/** SQL of the same rows in the same order, as one writes it who knows the tables. */
export function sqlOfRows(shape: Shape): string {
  const { from, to } = rangeOf(shape);
  return `
    select f.date, ${globalIdSql('Creative', 'c.id')}, c.name, k.currency,
      ${facts.map((fact) => `trim_scale(sum(f.${fact}))`).join(', ')}
    from daily_metrics f
    join creatives c on c.id = f.creative_id
    join clients k on k.id = f.client_id
    where f.client_id = '${clientId}' and f.date between '${from}' and '${to}'
    group by f.date, c.id, k.id
    order by f.date, c.name, k.currency, c.id`;
}

function rangeOf({ campaigns, strategies, placements, creatives }: Shape) {
  const days = rowCount / (campaigns * strategies * placements * creatives);
  return { from: dayAt(0), to: dayAt(days - 1) };
}
