import { type GraphQLSchema, isObjectType } from 'graphql';
import { deriveMetric, partialRatios } from '../domain/metrics/derive-metric.ts';
import { metricKeys, metrics } from '../domain/metrics/registry.ts';
import type { SubjectMetrics } from './metric-subject.ts';

/**
 * Give the fields of `Metrics` that are the registry's metrics their resolvers: each is derived from the totals
 * when it is asked for, and no other is.
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
  const partial = fields.partialRatios;
  if (!partial) throw new Error('Metrics has no field partialRatios');
  partial.resolve = ({ totals, withInternal }: SubjectMetrics) =>
    partialRatios(totals ?? []).filter((key) => withInternal || !metrics[key].isInternal);
}
