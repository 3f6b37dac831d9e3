import type { GraphQLSchema } from 'graphql';
import type { NodeLevel } from '../domain/media/levels.ts';
import { nodeEntities } from '../domain/media/node-entities.ts';
import { deriveMetric, partialRatios } from '../domain/metrics/derive-metric.ts';
import { metricKeys, metrics } from '../domain/metrics/registry.ts';
import { fieldOf, resolveTogether } from './execution/resolve-together.ts';
import { factsAsked } from './facts-asked.ts';
import {
  type MetricNode,
  type MetricsArgs,
  metricsOfNodes,
  type SubjectMetrics,
} from './metric-subject.ts';

/**
 * Give the fields of `Metrics` that are the registry's metrics their resolvers: each is derived from the totals
 * when it is asked for, and no other is. What leads to them is resolved for all nodes of a level at once.
 */
export function resolveMetrics(schema: GraphQLSchema): void {
  for (const [group, { name }] of Object.entries(nodeEntities)) {
    resolveTogether(
      fieldOf(schema, name, 'metrics'),
      (nodes: readonly MetricNode[], args: MetricsArgs, context, info) =>
        metricsOfNodes(nodes, group as NodeLevel, args, context, factsAsked(info)),
    );
  }
  for (const key of metricKeys) {
    const { isInternal } = metrics[key];
    fieldOf<SubjectMetrics>(schema, 'Metrics', key).resolve = ({ totals, withInternal }) =>
      isInternal && !withInternal ? null : deriveMetric(totals, key);
  }
  const partial = fieldOf<SubjectMetrics>(schema, 'Metrics', 'partialRatios');
  partial.resolve = ({ totals, withInternal }) =>
    partialRatios(totals ?? []).filter((key) => withInternal || !metrics[key].isInternal);
}
