import type { DateRange } from '../domain/calendar.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { isAtLeast } from '../domain/identity/viewer.ts';
import type { RequestedComparison } from '../domain/metrics/compare-metrics.ts';
import type { MetricGroup } from '../domain/metrics/facts-of.ts';
import type { Gap } from '../domain/metrics/find-gaps.ts';
import type { MetricTotals } from '../domain/metrics/ratios.ts';
import { type ShownMetrics, showMetrics } from '../domain/metrics/show-metrics.ts';
import type { Calendar, RangePreset } from '../domain/range-preset.ts';
import type { GraphContext } from './context.ts';

/** A client, or a node of the media hierarchy. */
export interface MetricNode {
  id: string;
  /** Of the hierarchy's nodes; a client is its own. */
  clientId?: string;
  /** Of campaigns. */
  source?: string;
}

/** The metrics of a node over a range, and what tells of them what is asked for only now and then. */
export interface NodeMetrics extends ShownMetrics, DateRange {
  node: MetricNode;
  group: MetricGroup;
  preset: RangePreset | null;
  compareTo: RequestedComparison | null;
}

/** Whose metrics, over which range. */
export type MetricsScope = Pick<NodeMetrics, 'node' | 'group' | 'from' | 'to'> &
  Partial<Pick<NodeMetrics, 'preset' | 'compareTo'>>;

/** The client that a node belongs to. */
export async function clientOf(node: MetricNode, { loaders }: GraphContext): Promise<Client> {
  return found(await loaders.client.load(node.clientId ?? node.id), 'client');
}

/** When it is for the client of a node. */
export async function calendarFor(node: MetricNode, context: GraphContext): Promise<Calendar> {
  return context.loaders.calendar(await clientOf(node, context));
}

/** Whether the viewer may see what is not for clients. */
export async function seesInternal(context: GraphContext): Promise<boolean> {
  return isAtLeast(await context.viewer(), 'ANALYST');
}

/** The metrics of a node as the viewer may see them. */
export async function metricsOf(scope: MetricsScope, context: GraphContext): Promise<NodeMetrics> {
  const { group, node, from, to } = scope;
  const totals = await context.loaders.metrics[group](node.id, { from, to });
  return showTotals(totals, scope, await seesInternal(context));
}

/** Totals that are known already. */
export function showTotals(
  totals: MetricTotals,
  scope: MetricsScope,
  withInternal: boolean,
): NodeMetrics {
  return { preset: null, compareTo: null, ...scope, ...showMetrics(totals, withInternal) };
}

/** The days without data of each feed that can deliver to a node. */
export async function gapsOf(
  { node, group }: Pick<MetricsScope, 'node' | 'group'>,
  { from, to }: DateRange,
  { loaders }: GraphContext,
): Promise<Gap[][]> {
  const [feeds, source] = await Promise.all([
    loaders.feedsOfClient.load(node.clientId ?? node.id),
    group === 'client' ? null : (node.source ?? loaders.sourceOf(node.id, { level: group })),
  ]);
  const ofNode = feeds.filter((feed) => source === null || feed.source === source);
  return Promise.all(ofNode.map((feed) => loaders.gapsOfFeed(feed.id, { from, to })));
}
