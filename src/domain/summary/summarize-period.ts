import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { findGapsOfClients } from '../metrics/find-gaps.ts';
import { sumMetrics } from '../metrics/sum-metrics.ts';
import { rankMedia } from './rank-media.ts';
import { sliceVersions } from './slice-versions.ts';
import type { SummaryPeriod } from './summary-period.ts';

/**
 * Find out what a period of a client came to and keep it, in place of what was known of it. The same again changes
 * nothing but when it was found out. What is known of a period with archived days stays as it is.
 */
export async function summarizePeriod(
  em: EntityManager,
  clientId: string,
  { kind, from, to }: SummaryPeriod,
): Promise<void> {
  // In turns, or one that has read before another could write after it.
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('summaries ' || ?::uuid, 0))`, [
    clientId,
  ]);
  const { organizationId } = await em.findOneOrFail(Client, clientId);
  const { summaryThresholds: thresholds } = await em.findOneOrFail(Organization, organizationId);
  // First: figures that are newer than this says are made once more, older ones would stay.
  const [made] = await em.execute<{ versions: object }[]>(sliceVersions('?', '?', '?'), [
    ...[clientId, from, to],
    ...[clientId, from, to],
  ]);
  const totals = (await sumMetrics(em, 'client', [clientId], { from, to })).get(clientId) ?? [];
  const gaps = (await findGapsOfClients(em, [clientId], { from, to })).get(clientId) ?? [];
  const rankings = await rankMedia(em, clientId, { from, to }, thresholds);
  // At the last: days that are not archived by now were not while they were read.
  const archived = await em.execute<object[]>(
    `select from slices where client_id = ? and date between ? and ? and status = 'ARCHIVED' limit 1`,
    [clientId, from, to],
  );
  if (archived.length > 0) return;
  const told = [totals, gaps, rankings, thresholds, made?.versions ?? {}];
  await em.execute(
    `insert into summaries as s (organization_id, client_id, kind, from_date, to_date,
       totals, gaps, rankings, thresholds, slice_versions)
     values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb)
     on conflict (client_id, kind, from_date) do update set
       version = s.version + ((s.totals, s.gaps, s.rankings, s.thresholds)
         is distinct from (excluded.totals, excluded.gaps, excluded.rankings, excluded.thresholds))::int,
       totals = excluded.totals, gaps = excluded.gaps, rankings = excluded.rankings,
       thresholds = excluded.thresholds, slice_versions = excluded.slice_versions, computed_at = now()`,
    [organizationId, clientId, kind, from, to, ...told.map((each) => JSON.stringify(each))],
  );
}
