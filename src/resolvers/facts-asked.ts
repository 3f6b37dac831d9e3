import { type FieldNode, type GraphQLResolveInfo, Kind } from 'graphql';
import { factsBehind, type MetricKey, metricKeys } from '../domain/metrics/registry.ts';
import { type FactColumn, factColumns } from '../domain/metrics/totals.ts';

const isMetric = (name: string): name is MetricKey => metricKeys.some((key) => key === name);

/** Fields of `Metrics` that look at all of them. */
const ofAll = ['comparison', 'partialRatios'];

type Selected = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/**
 * The facts that a selection of `Metrics` is derived from; perhaps more, where a part of it is left out in the end.
 *
 * @param info of the field that gives them, or gives objects with a field `below` that does.
 */
export function factsAsked({ fieldNodes, fragments }: Selected, below?: 'metrics'): FactColumn[] {
  const nodes = below
    ? fieldsOf(fieldNodes, fragments).filter(({ name }) => name.value === below)
    : fieldNodes;
  const names = new Set(fieldsOf(nodes, fragments).map(({ name }) => name.value));
  if (ofAll.some((name) => names.has(name))) return [...factColumns];
  const facts = new Set([...names].filter(isMetric).flatMap(factsBehind));
  // Always in one order, so that one statement serves all who ask for the same.
  return factColumns.filter((column) => facts.has(column));
}

/** The fields that are selected of others, wherever they stand. */
function fieldsOf(
  nodes: readonly Pick<FieldNode, 'selectionSet'>[],
  fragments: Selected['fragments'],
): FieldNode[] {
  return nodes.flatMap(({ selectionSet }) =>
    (selectionSet?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf([selection], fragments);
      const fragment = fragments[selection.name.value];
      return fragment ? fieldsOf([fragment], fragments) : [];
    }),
  );
}
