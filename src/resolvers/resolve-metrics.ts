import { type GraphQLSchema, isObjectType } from 'graphql';
import { deriveMetric, partialRatios } from '../domain/metrics/derive-metric.ts';
import type { MetricGroup } from '../domain/metrics/facts-of.ts';
import { metricKeys, metrics } from '../domain/metrics/registry.ts';
import { metricsOfNode, type SubjectMetrics } from './metric-subject.ts';

/** The types whose nodes have metrics. */
const types: Record<MetricGroup, string> = {
  client: 'Client',
  campaign: 'Campaign',
  strategy: 'Strategy',
  placement: 'Placement',
  creative: 'Creative',
};

/**
 * Give the fields of `Metrics` that are the registry's metrics their resolvers: each is derived from the totals
 * when it is asked for, and no other is. What leads to them from nodes is called without type-graphql's detour.
 */
export function resolveMetrics(schema: GraphQLSchema): void {
  const type = schema.getType('Metrics');
  if (!isObjectType(type)) throw new Error('The schema has no Metrics');
  const fields = type.getFields();
  for (const key of metricKeys) {
    const field = fields[key];
    if (!field) throw new Error(`Metrics has no field ${key}`);
    const { isInternal } = metrics[key];
    field.resolve = ({ totals, withInternal }: SubjectMetrics) =>
      isInternal && !withInternal ? null : deriveMetric(totals, key);
  }
  for (const [group, name] of Object.entries(types) as [MetricGroup, string][]) {
    const node = schema.getType(name);
    const ofNode = isObjectType(node) && node.getFields().metrics;
    if (!ofNode) throw new Error(`${name} has no metrics`);
    ofNode.resolve = (source, args, context) => metricsOfNode(source, group, args, context);
  }
  const partial = fields.partialRatios;
  if (!partial) throw new Error('Metrics has no field partialRatios');
  partial.resolve = ({ totals, withInternal }: SubjectMetrics) =>
    partialRatios(totals ?? []).filter((key) => withInternal || !metrics[key].isInternal);
}
