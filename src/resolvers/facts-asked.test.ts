import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { factColumns } from '../domain/metrics/totals.ts';
import { factsAsked } from './facts-asked.ts';

const asked = (selection: string, below?: 'metrics') => {
  const { definitions } = parse(`{ it ${selection} } fragment More on Metrics { cpm spend }`);
  const [operation, fragment] = definitions as [OperationDefinitionNode, never];
  const [node] = operation.selectionSet.selections;
  if (node?.kind !== Kind.FIELD) throw new Error('It is a field');
  return factsAsked({ fieldNodes: [node], fragments: { More: fragment } }, below);
};

test.each([
  ['{ clicks }', ['clicks']],
  ['{ currency coverage { status } }', []],
  ['{ roas rate: ctr }', ['impressions', 'clicks', 'revenue', 'spend']],
  ['{ marginRate }', ['spend', 'media_cost']],
  ['{ ...More ... { clicks } }', ['impressions', 'clicks', 'spend']],
  ['{ ...More @include(if: $more) }', ['impressions', 'spend']],
  ['{ clicks comparison { __typename } }', [...factColumns]],
  ['{ partialRatios }', [...factColumns]],
])('%s is derived from %j', (selection, facts) => {
  expect(asked(selection)).toEqual(facts);
  expect(asked(`{ from metrics ${selection} }`, 'metrics')).toEqual(facts);
});

test('of points without metrics nothing is summed', () => {
  expect(asked('{ from status }', 'metrics')).toEqual([]);
});
