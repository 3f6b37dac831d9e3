import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../client/client.entity.ts';
import { checkName } from '../client/create-client.ts';
import { badInput, found } from '../errors.ts';
import { Campaign } from '../media/campaign.entity.ts';
import { metrics } from '../metrics/registry.ts';
import { rangePresets } from '../range-preset.ts';
import type { AlertRule } from './alert-rule.entity.ts';

/** What a rule says. */
export type RuleSettings = Pick<
  AlertRule,
  | ('name' | 'severity' | 'subject' | 'metric' | 'comparison' | 'threshold')
  | ('rangePreset' | 'comparedWith' | 'minImpressions' | 'enabled')
>;

export function settingsOf(rule: RuleSettings): RuleSettings {
  const { name, severity, subject, metric, comparison, threshold } = rule;
  const { rangePreset, comparedWith, minImpressions, enabled } = rule;
  return {
    ...{ name, severity, subject, metric, comparison, threshold },
    ...{ rangePreset, comparedWith, minImpressions, enabled },
  };
}

const amount = /^-?\d{1,20}(\.\d{1,9})?$/;

/** @throws {DomainError} BAD_USER_INPUT: something is missing, unusable, or of no use to what it looks at. */
export function checkRule(settings: RuleSettings): RuleSettings {
  const { subject, metric, comparedWith, threshold, rangePreset, minImpressions } = settings;
  const isOfMetric = subject === 'METRIC' || subject === 'CHANGE';
  if (isOfMetric && (metric === null || !Object.hasOwn(metrics, metric))) {
    throw badInput('Rules of a metric or of its change name the metric.', 'metric');
  }
  if (!isOfMetric && metric !== null) throw badInput('This rule has no metric.', 'metric');
  if (subject === 'CHANGE' && comparedWith === null) {
    throw badInput('A change is against an earlier time: say which.', 'comparedWith');
  }
  if (subject !== 'CHANGE' && comparedWith !== null) {
    throw badInput('Only changes are against an earlier time.', 'comparedWith');
  }
  if (!amount.test(threshold)) {
    throw badInput('A threshold is a number of at most 9 decimals.', 'threshold');
  }
  // Of a day that is not over there is never all.
  if (rangePreset === 'TODAY' || !rangePresets.includes(rangePreset)) {
    throw badInput('A rule looks at days that are over.', 'rangePreset');
  }
  if (!Number.isSafeInteger(minImpressions) || minImpressions < 0) {
    throw badInput('Give a number of impressions, 0 or more.', 'minImpressions');
  }
  return { ...settings, name: checkName(settings.name) };
}

/** @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for a campaign without its client, or of a lack of data. */
export async function checkScope(
  em: EntityManager,
  { clientId, campaignId, subject }: Pick<AlertRule, 'clientId' | 'campaignId' | 'subject'>,
): Promise<void> {
  if (clientId !== null) found(await em.findOne(Client, clientId), 'client');
  if (campaignId === null) return;
  const campaign = found(await em.findOne(Campaign, campaignId), 'campaign');
  if (campaign.clientId !== clientId) {
    throw badInput('Name the client of the campaign, too.', 'clientId');
  }
  if (subject === 'DAYS_BEHIND') {
    throw badInput('Feeds are behind for a client as a whole.', 'campaignId');
  }
}
