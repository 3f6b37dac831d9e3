import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { findSource, type KnownSources } from '../feed/known-sources.ts';
import type { ComparisonRule } from '../ingestion/row-problem.ts';
import { lockOrganization } from './lock-organization.ts';
import type { Organization, Severity } from './organization.entity.ts';

export interface RuleSeverity {
  source: string;
  rule: ComparisonRule;
  severity: Severity;
}

/**
 * Take a rule of a source's rows as an error or a warning in this organization, from the next load on.
 *
 * @throws {DomainError} BAD_USER_INPUT when there is no such source.
 */
export async function setRuleSeverity(
  em: EntityManager,
  actor: Actor,
  sources: KnownSources,
  { source, rule, severity }: RuleSeverity,
): Promise<Organization> {
  findSource(sources, source);
  const organization = await lockOrganization(em, actor.organizationId);
  const before = organization.ruleSeverities[source]?.[rule] ?? null;
  if (before === severity) return organization;
  organization.ruleSeverities = {
    ...organization.ruleSeverities,
    [source]: { ...organization.ruleSeverities[source], [rule]: severity },
  };
  recordChange(em, actor, {
    action: 'SET_RULE_SEVERITY',
    entityType: 'Organization',
    entityId: organization.id,
    before: { source, rule, severity: before },
    after: { source, rule, severity },
  });
  await em.flush();
  return organization;
}
