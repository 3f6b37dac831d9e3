import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Decimal } from 'decimal.js';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { badInput } from '../errors.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import type { Organization } from '../identity/organization.entity.ts';
import type { SummaryThresholds } from './summary-settings.ts';

/** What is null or left out stays. */
export type SummaryThresholdChanges = {
  [Key in keyof SummaryThresholds]?: SummaryThresholds[Key] | null;
};

const largest = { ctr: 1, spend: 1e12, conversions: 1e12, impressions: 1e9 };

/**
 * Change what summaries call an underperformer, and what they compare, in those that are made from now on.
 *
 * @throws {DomainError} BAD_USER_INPUT.
 */
export async function setSummaryThresholds(
  em: EntityManager,
  actor: Actor,
  changes: SummaryThresholdChanges,
): Promise<Organization> {
  const organization = await lockOrganization(em, actor.organizationId);
  const before = organization.summaryThresholds;
  const after = {
    ctr: check('ctr', changes.ctr ?? before.ctr),
    spend: check('spend', changes.spend ?? before.spend),
    conversions: check('conversions', changes.conversions ?? before.conversions),
    impressions: Number(check('impressions', String(changes.impressions ?? before.impressions))),
  };
  if (isDeepStrictEqual(before, after)) return organization;
  organization.summaryThresholds = after;
  const entity = { entityType: 'Organization', entityId: organization.id };
  recordChange(em, actor, { action: 'SET_SUMMARY_THRESHOLDS', ...entity, before, after });
  await em.flush();
  return organization;
}

function check(field: keyof SummaryThresholds, text: string): string {
  const value = new Decimal(text);
  if (value.isNegative() || value.gt(largest[field]) || value.decimalPlaces() > 9) {
    throw badInput(`${field} is 0 to ${largest[field]}, with at most 9 decimals.`, field);
  }
  return value.toFixed();
}
