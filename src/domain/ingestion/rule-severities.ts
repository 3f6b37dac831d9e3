import type { Severity } from '../identity/organization.entity.ts';
import type { RuleSeverity } from '../identity/set-rule-severity.ts';
import { type ComparisonRule, comparisonRules } from './row-problem.ts';

/** How sources take the rules, unless an organization says otherwise. */
export type SourceSeverities = ReadonlyMap<
  string,
  { severities: Record<ComparisonRule, Severity> }
>;

/** Every rule of every source as an organization takes it. */
export function listRuleSeverities(
  sources: SourceSeverities,
  own: Record<string, Record<string, Severity>>,
): RuleSeverity[] {
  return [...sources].flatMap(([source, { severities }]) =>
    comparisonRules.map((rule) => ({
      source,
      rule,
      severity: own[source]?.[rule] ?? severities[rule],
    })),
  );
}
