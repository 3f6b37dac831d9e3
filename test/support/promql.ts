import { parser } from '@prometheus-io/lezer-promql';

/** What an expression asks for. */
export interface Selector {
  metric: string;
  /** Labels that it selects or is grouped by. */
  labels: string[];
  /** Values that it selects exactly; those of a regular expression by their alternatives. */
  values: { label: string; value: string }[];
}

const strict = parser.configure({ strict: true });
type Node = ReturnType<typeof strict.parse>['topNode'];

/** Every selector of a PromQL expression. @throws {SyntaxError} when it cannot be read. */
export function selectorsOf(expression: string): Selector[] {
  const textOf = (node: Node | null) => (node ? expression.slice(node.from, node.to) : '');
  const selectors: Selector[] = [];
  strict.parse(expression).iterate({
    enter({ name, node }) {
      if (name !== 'VectorSelector') return;
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      const values = matchers.flatMap((matcher) => {
        const label = textOf(matcher.getChild('LabelName'));
        const text = textOf(matcher.getChild('StringLiteral')).slice(1, -1);
        return text.split('|').map((value) => ({ label, value }));
      });
      const grouped: string[] = [];
      for (let outer = node.parent; outer; outer = outer.parent) {
        const labels = outer.getChild('AggregateModifier')?.getChild('GroupingLabels');
        grouped.push(...(labels?.getChildren('LabelName') ?? []).map(textOf));
      }
      const metric = textOf(node.getChild('Identifier'));
      selectors.push({ metric, labels: [...values.map(({ label }) => label), ...grouped], values });
    },
  });
  return selectors;
}
