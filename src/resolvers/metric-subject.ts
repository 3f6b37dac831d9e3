import type { DateRange } from '../domain/calendar.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { isAtLeast } from '../domain/identity/viewer.ts';
import type { NodeLevel } from '../domain/media/levels.ts';
import { coverageOf } from '../domain/metrics/build-series.ts';
import type { RequestedComparison } from '../domain/metrics/compare-metrics.ts';
import type { FeedGaps, Gap } from '../domain/metrics/find-gaps.ts';
import { oldMonthsOf } from '../domain/metrics/old-months.ts';
import { sumMetrics } from '../domain/metrics/sum-metrics.ts';
import type { FactColumn, Totals } from '../domain/metrics/totals.ts';
import type { Calendar, RangePreset } from '../domain/range-preset.ts';
import type { RequestedRange } from '../domain/requested-range.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';

/** What metrics are of. */
export interface MetricSubject {
  totals(range: DateRange): Promise<Totals>;
  /** The days without data of each feed that can deliver to it. */
  gaps(range: DateRange): Promise<Gap[][]>;
  /** The days of a range whose sums by month stand for them where they are archived; none where left out. */
  summedMonths?(range: DateRange): DateRange | null;
  currency(): Promise<string>;
  calendar(): Promise<Calendar>;
}

/** Metrics over a range, and what tells of them what is asked for only now and then. */
export interface SubjectMetrics extends DateRange {
  /** Null where nothing is known, since no day of the range has data: that is no zero. */
  totals: Totals | null;
  /** Whether the viewer may see what is not for clients. */
  withInternal: boolean;
  subject: MetricSubject;
  preset: RangePreset | null;
  compareTo: RequestedComparison | null;
}

/** A client, or a node of the media hierarchy. */
export interface MetricNode {
  id: string;
  /** Of the hierarchy's nodes; a client is its own. */
  clientId?: string;
}

/** A node as what metrics are of. */
export function nodeSubject(
  node: MetricNode,
  group: NodeLevel,
  context: GraphContext,
): MetricSubject {
  const { loaders } = context;
  const clientId = node.clientId ?? node.id;
  const client = async (): Promise<Client> => found(await loaders.client.load(clientId), 'client');
  return {
    totals: ({ from, to }) => loaders.metrics[group](node.id, { from, to }),
    async gaps({ from, to }) {
      const [feeds, delivering] = await Promise.all([
        loaders.gapsOfClient(clientId, { from, to }),
        group === 'client' ? null : loaders.deliveringFeeds(node.id, { group, from, to }),
      ]);
      // A node that no feed has delivered to for long is one of all its client's feeds.
      const ofNode = delivering?.length
        ? feeds.filter(({ feedId }) => delivering.includes(feedId))
        : feeds;
      return toldGaps(ofNode, context);
    },
    summedMonths: (range) => oldMonthsOf(group, range),
    currency: async () => (await client()).currency,
    calendar: async () => loaders.calendar(await client()),
  };
}

/** The days without data of feeds; without what names files and columns for those who may not see these. */
export async function toldGaps(
  feeds: readonly FeedGaps[],
  context: GraphContext,
): Promise<Gap[][]> {
  const withReasons = await seesInternal(context);
  return feeds.map(({ gaps }) =>
    withReasons ? gaps : gaps.map((gap) => ({ ...gap, reason: null })),
  );
}

/** Whether the viewer may see what is not for clients. */
export async function seesInternal(context: GraphContext): Promise<boolean> {
  return isAtLeast(await context.viewer(), 'ANALYST');
}

/** Whether some day of a range has data, be it that nothing was delivered. */
async function hasData(subject: MetricSubject, range: DateRange): Promise<boolean> {
  const { status } = coverageOf(range, await subject.gaps(range));
  return status === 'COMPLETE' || status === 'PARTIAL';
}

/** What is asked of metrics besides their range. */
type Asked = Partial<Pick<SubjectMetrics, 'preset' | 'compareTo'>>;

/** The metrics of a subject as the viewer may see them. */
export async function metricsOf(
  subject: MetricSubject,
  { from, to, ...asked }: DateRange & Asked,
  context: GraphContext,
): Promise<SubjectMetrics> {
  const sums = await subject.totals({ from, to });
  const withInternal = await seesInternal(context);
  return tellMetrics(sums, {
    preset: null,
    compareTo: null,
    ...asked,
    from,
    to,
    withInternal,
    subject,
  });
}

/** Sums of no row are known only where there are data. */
function tellMetrics(
  sums: Totals,
  rest: Omit<SubjectMetrics, 'totals'>,
): SubjectMetrics | Promise<SubjectMetrics> {
  if (sums.length > 0) return { ...rest, totals: sums };
  const { from, to, subject } = rest;
  return hasData(subject, { from, to }).then((has) => ({ ...rest, totals: has ? sums : null }));
}

/** How metrics are asked for. */
export interface MetricsArgs {
  range: RequestedRange;
  compareTo?: RequestedComparison | null;
}

/**
 * The metrics of nodes of a level as the viewer may see them, in their order: one statement for all.
 *
 * @param facts what they are derived from, where only a part of them is asked for.
 */
export async function metricsOfNodes(
  nodes: readonly MetricNode[],
  group: NodeLevel,
  { range, compareTo = null }: MetricsArgs,
  context: GraphContext,
  facts?: readonly FactColumn[],
): Promise<SubjectMetrics[]> {
  const em = await context.em();
  const ids = nodes.map(({ id }) => id);
  // Of presets there are several where it is another day for some by now.
  const sums = new Map<string, Promise<Map<string, Totals>>>();
  const sumsOf = (days: DateRange) => {
    const key = `${days.from} ${days.to}`;
    const known = sums.get(key) ?? sumMetrics(em, group, ids, days, facts);
    sums.set(key, known);
    return known;
  };
  const preset = range.preset ?? null;
  const fixed = preset ? null : await daysOf(range);
  const withInternal = await seesInternal(context);
  return Promise.all(
    nodes.map(async (node) => {
      const subject = nodeSubject(node, group, context);
      const { from, to } = fixed ?? (await daysOf(range, subject));
      const totals = (await sumsOf({ from, to })).get(node.id) ?? [];
      return tellMetrics(totals, { preset, compareTo, from, to, withInternal, subject });
    }),
  );
}
