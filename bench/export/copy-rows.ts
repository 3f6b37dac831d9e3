import { once } from 'node:events';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DateRange } from '../../src/domain/calendar.ts';
import { globalIdSql } from '../../src/domain/global-id.ts';
import { facts } from './question.ts';

/**
 * PostgreSQL's own COPY of the same rows in the same order, read to its end: by the worker's role under the same
 * policies, with SQL as one writes it who knows the tables. @returns milliseconds.
 */
export async function copyRows(
  workerUrl: string,
  organizationId: string,
  { from, to }: DateRange,
): Promise<number> {
  const client = new Client({ connectionString: workerUrl });
  await client.connect();
  try {
    await client.query(`select set_config('app.organization', $1, false)`, [organizationId]);
    const startedAt = performance.now();
    const copied = client.query(
      copyTo(`copy (
        select f.date, ${globalIdSql('Creative', 'c.id')}, c.name, k.currency,
          ${facts.map((fact) => `trim_scale(sum(f.${fact}))`).join(', ')}
        from daily_metrics f
        join creatives c on c.id = f.creative_id
        join clients k on k.id = f.client_id
        where f.date between '${from}' and '${to}'
        group by f.date, c.id, k.id
        order by f.date, c.name, k.currency, c.id
      ) to stdout (format csv)`),
    );
    await once(copied.resume(), 'end');
    return performance.now() - startedAt;
  } finally {
    await client.end();
  }
}
