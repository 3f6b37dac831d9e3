import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';
import type { LocalDate } from '../calendar.ts';
import type { MetricKey } from '../metrics/registry.ts';
import type { ReportFigures, ReportValues } from './read-figures.ts';
import { readFigures } from './read-figures.ts';

export const factCauses = ['INGESTION', 'RATE_CARD', 'REVERT', 'MERGE'] as const;

/** What changed the facts of a day of a feed. */
export interface FactCause {
  cause: (typeof factCauses)[number];
  feedId: string;
  /** Of a load or a revert, what a run did to the day; of a price, the job; of a merge, what was merged or unmerged. */
  causeId: string;
  at: Date;
}

/** A figure as a report has it, and as it is by now; null where it is not known, as of days in the archive. */
export interface ChangedFigure {
  metric: MetricKey;
  issued: string | null;
  now: string | null;
}

/** A day that was restated after a report was issued. */
export interface ChangedDay {
  date: LocalDate;
  figures: ChangedFigure[];
  /** In the order in which they happened. */
  causes: FactCause[];
}

/** What changed of a report since it was issued: nothing where there are no days. */
export interface ReportChanges {
  /** Of all of its days together. */
  figures: ChangedFigure[];
  days: ChangedDay[];
  /** Whether days of it are in the archive: what they come to by now cannot be told. */
  isArchived: boolean;
}

interface Row {
  id: string;
  metrics: MetricKey[];
  figures: ReportFigures;
  date: LocalDate;
  feedId: string;
  cause: FactCause['cause'];
  causeId: string;
  at: string;
}

/**
 * What changed of many issued reports since each was made: the days whose facts were changed to a newer version, or of
 * media that were merged since, what their figures were and are, and what did it. Derived when it is read (domain rule
 * 19). To leave for the archive changes no facts.
 */
export async function findChanges(
  em: EntityManager,
  reportIds: readonly string[],
): Promise<Map<string, ReportChanges>> {
  const rows = await em.execute<Row[]>(
    `with report as materialized (
       select * from issued_reports where id = any (?::uuid[]) and issued_at is not null
     ), restated as (
       select r.id, c.date, c.feed_id, c.id as change_id, c.cause, c.cause_id, c.at
       from report r
       cross join lateral (
         select f.*, r.slice_versions -> (f.feed_id || ' ' || f.date) as state
         from fact_changes f
         -- what has changed facts has ended within hours of its beginning
         where f.client_id = r.client_id and f.at > r.issued_at - interval '1 day'
           and f.date between r.from_date and r.to_date and f.cause <> 'MERGE'
       ) c
       -- of a day that had no data, the state is no number
       where c.version > case when jsonb_typeof(c.state) = 'number' then c.state::int else 0 end
     ), merged as (
       select r.id, m.date, m.feed_id, m.id as change_id, m.cause, m.cause_id, m.at,
         row_number() over (partition by r.id order by m.id)
           > coalesce((r.slice_versions ->> 'merges')::int, 0) as is_new
       from report r
       join fact_changes m on m.client_id = r.client_id and m.cause = 'MERGE'
         and m.date between r.from_date and r.to_date
     ), changed as (
       select * from restated
       union all
       select id, date, feed_id, change_id, cause, cause_id, at from merged where is_new
     )
     select c.id, r.metrics, r.figures, c.date::text as date, c.feed_id as "feedId", c.cause,
       c.cause_id as "causeId", c.at::text as at
     from changed c join report r on r.id = c.id
     order by c.date, c.change_id`,
    [arrayLiteral(reportIds)],
  );
  const changed = Map.groupBy(rows, ({ id }) => id);
  const current = changed.size > 0 ? await readFigures(em, [...changed.keys()]) : new Map();
  const archived = await findArchived(em, reportIds);
  return new Map(
    reportIds.map((id) => {
      const own = changed.get(id) ?? [];
      const isArchived = archived.has(id);
      const told = own[0] && compare(own[0], own, isArchived, current.get(id));
      return [id, { figures: [], days: [], ...told, isArchived }];
    }),
  );
}

/** The reports of which days are in the archive. */
async function findArchived(em: EntityManager, reportIds: readonly string[]): Promise<Set<string>> {
  const rows = await em.execute<{ id: string }[]>(
    `select r.id from issued_reports r
     where r.id = any (?::uuid[]) and exists (
       select from slices s
       where s.client_id = r.client_id and s.date between r.from_date and r.to_date and s.status = 'ARCHIVED'
     )`,
    [arrayLiteral(reportIds)],
  );
  return new Set(rows.map(({ id }) => id));
}

function compare(
  { metrics, figures }: Row,
  rows: Row[],
  isArchived: boolean,
  current: ReportFigures | undefined,
): Pick<ReportChanges, 'figures' | 'days'> {
  const beside = (issued?: ReportValues | null, now?: ReportValues | null): ChangedFigure[] =>
    metrics.map((metric) => ({
      metric,
      issued: issued?.[metric] ?? null,
      now: now?.[metric] ?? null,
    }));
  const valuesAt = (date: LocalDate, from?: ReportFigures) =>
    from?.days.find((day) => day.date === date)?.values;
  return {
    figures: beside(figures.totals, isArchived ? null : current?.totals),
    days: [...Map.groupBy(rows, ({ date }) => date)].map(([date, ofDay]) => ({
      date,
      figures: beside(valuesAt(date, figures), valuesAt(date, current)),
      causes: ofDay.map(({ cause, causeId, feedId, at }) => ({
        ...{ cause, causeId, feedId, at: new Date(at) },
      })),
    })),
  };
}
