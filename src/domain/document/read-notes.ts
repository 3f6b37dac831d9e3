import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import { addDays, type DateRange } from '../calendar.ts';
import { summedMonthsOf } from '../metric-rows/build-query.ts';
import { filterFacts } from '../metric-rows/filter-facts.ts';
import type { MetricQuery } from '../metric-rows/metric-query.ts';
import { partialRatios } from '../metrics/derive-metric.ts';
import type { Gap } from '../metrics/find-gaps.ts';
import { isCounted } from '../metrics/months-in-archive.ts';
import { metrics } from '../metrics/registry.ts';
import { summableFacts } from '../metrics/summable-facts.ts';
import { type FactSums, reportedBy, sumColumns } from '../metrics/totals.ts';
import type { Note } from './document.ts';

/** Of what gaps are. */
interface GapsOf {
  /** Archived months that count by their sums. */
  summed: DateRange | null;
  /** Of the days that changes are told from. */
  isBasis: boolean;
  withReasons: boolean;
}

/** Days without data, those that follow each other with the same reason as one. */
export function noteGaps(
  gapsOfFeeds: readonly Gap[][],
  { summed, isBasis, withReasons }: GapsOf,
): Note[] {
  const notes: Extract<Note, { kind: 'GAP' }>[] = [];
  for (const gap of gapsOfFeeds.flat()) {
    const { feedName, date, status } = gap;
    const reason = withReasons ? gap.reason : null;
    const counts = isCounted(gap, summed);
    const last = notes.at(-1);
    const goesOn =
      last?.feedName === feedName &&
      last.status === status &&
      last.reason === reason &&
      last.isCounted === counts &&
      addDays(last.days.to, 1) === date;
    if (goesOn) last.days.to = date;
    else {
      const days = { from: date, to: date };
      notes.push({ kind: 'GAP', feedName, days, status, reason, isCounted: counts, isBasis });
    }
  }
  return notes;
}

/** Days of feeds whose figures were changed after they were first there: by a newer file, a revert, a price. */
export async function readRestatements(
  em: EntityManager,
  feedIds: readonly string[],
  { from, to }: DateRange,
): Promise<Note[]> {
  const rows = await em.execute<Omit<Extract<Note, { kind: 'RESTATED' }>, 'kind'>[]>(
    `select f.name as "feedName", c.date::text as date, count(*)::int as times,
       (max(c.at) at time zone k.time_zone)::date::text as last
     from fact_changes c join feeds f on f.id = c.feed_id join clients k on k.id = f.client_id
     where c.feed_id = any (?::uuid[]) and c.date between ?::date and ?::date and c.version > 1
     group by f.id, f.name, k.time_zone, c.date order by f.name, c.date`,
    [arrayLiteral(feedIds), from, to],
  );
  return rows.map((row) => ({ kind: 'RESTATED', ...row }));
}

/** What has to stand beside figures: ratios over a part of the rows, conversions that platforms claim. */
export async function noteMethods(em: EntityManager, query: MetricQuery): Promise<Note[]> {
  const { conditions, parameters } = filterFacts(query.filters);
  const months = summedMonthsOf(query);
  const facts = months ? summableFacts(months) : { sql: 'daily_metrics f', parameters: [] };
  if (months) conditions.push(`f.level = 'CAMPAIGN'`);
  const totals = await em.execute<(FactSums & { feeds: number })[]>(
    `select ${sumColumns}, count(distinct f.feed_id)::int as feeds from ${facts.sql}
     where f.date between ?::date and ?::date and ${conditions.join(' and ')}
     group by ${reportedBy(months ? 'monthly_rollups' : 'daily_metrics')}`,
    [...facts.parameters, query.range.from, query.range.to, ...parameters],
  );
  const notes: Note[] = [];
  const partial = partialRatios(totals).filter((key) => query.metrics.includes(key));
  if (partial.length > 0) {
    const labels = partial.map((key) => metrics[key].label).join(', ');
    const text = `${labels}: over the rows that report both sides, since a source does not report one of them.`;
    notes.push({ kind: 'TEXT', text });
  }
  if (query.metrics.includes('conversions') && totals.length > 0) {
    notes.push({ kind: 'TEXT', text: 'Conversions: platform-attributed, not de-duplicated.' });
  }
  return notes;
}
