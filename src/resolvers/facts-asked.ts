import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { factsBehind, type MetricKey, metricKeys } from '../domain/metrics/registry.ts';
import { type FactColumn, factColumns } from '../domain/metrics/totals.ts';

const isMetric = (name: string): name is MetricKey => metricKeys.some((key) => key === name);

/** Fields of `Metrics` that look at all of them. */
const ofAll = ['comparison', 'partialRatios'];

/** The facts that a selection of `Metrics` is derived from; perhaps more, where a part of it is left out in the end. */
export function factsAsked(
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
): FactColumn[] {
  const names = new Set(info.fieldNodes.flatMap((node) => namesIn(node.selectionSet, info)));
  if (ofAll.some((name) => names.has(name))) return [...factColumns];
  const facts = new Set([...names].filter(isMetric).flatMap(factsBehind));
  // Always in one order, so that one statement serves all who ask for the same.
  return factColumns.filter((column) => facts.has(column));
}

function namesIn(
  selections: SelectionSetNode | undefined,
  info: Pick<GraphQLResolveInfo, 'fragments'>,
): string[] {
  return (selections?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet, info);
    return namesIn(info.fragments[selection.name.value]?.selectionSet, info);
  });
}
