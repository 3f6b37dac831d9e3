import type { DateRange } from '../domain/calendar.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { isAtLeast } from '../domain/identity/viewer.ts';
import type { RequestedComparison } from '../domain/metrics/compare-metrics.ts';
import type { MetricGroup } from '../domain/metrics/facts-of.ts';
import type { Gap } from '../domain/metrics/find-gaps.ts';
import type { Totals } from '../domain/metrics/totals.ts';
import type { Calendar, RangePreset } from '../domain/range-preset.ts';
import type { GraphContext } from './context.ts';

/** What metrics are of. */
export interface MetricSubject {
  totals(range: DateRange): Promise<Totals>;
  /** The days without data of each feed that can deliver to it. */
  gaps(range: DateRange): Promise<Gap[][]>;
  currency(): Promise<string>;
  calendar(): Promise<Calendar>;
}

/** Metrics over a range, and what tells of them what is asked for only now and then. */
export interface SubjectMetrics extends DateRange {
  totals: Totals;
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
  /** Of campaigns. */
  source?: string;
}

/** A node as what metrics are of. */
export function nodeSubject(
  node: MetricNode,
  group: MetricGroup,
  { loaders }: GraphContext,
): MetricSubject {
  const clientId = node.clientId ?? node.id;
  const client = async (): Promise<Client> => found(await loaders.client.load(clientId), 'client');
  return {
    totals: ({ from, to }) => loaders.metrics[group](node.id, { from, to }),
    async gaps({ from, to }) {
      const [feeds, source] = await Promise.all([
        loaders.feedsOfClient.load(clientId),
        group === 'client' ? null : (node.source ?? loaders.sourceOf(node.id, { level: group })),
      ]);
      const ofNode = feeds.filter((feed) => source === null || feed.source === source);
      return Promise.all(ofNode.map((feed) => loaders.gapsOfFeed(feed.id, { from, to })));
    },
    currency: async () => (await client()).currency,
    calendar: async () => loaders.calendar(await client()),
  };
}

/** Whether the viewer may see what is not for clients. */
export async function seesInternal(context: GraphContext): Promise<boolean> {
  return isAtLeast(await context.viewer(), 'ANALYST');
}

/** What is asked of metrics besides their range. */
type Asked = Partial<Pick<SubjectMetrics, 'preset' | 'compareTo'>>;

/** The metrics of a subject as the viewer may see them. */
export async function metricsOf(
  subject: MetricSubject,
  { from, to, ...asked }: DateRange & Asked,
  context: GraphContext,
): Promise<SubjectMetrics> {
  const totals = await subject.totals({ from, to });
  const withInternal = await seesInternal(context);
  return { preset: null, compareTo: null, ...asked, from, to, totals, withInternal, subject };
}
