import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { DomainError, found } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import { lockOrganization } from '../identity/lock-organization.ts';
import { AlertRule } from './alert-rule.entity.ts';
import { checkRule, checkScope, type RuleSettings, settingsOf } from './check-rule.ts';
import { endAlertsOfRule } from './tell-of-rule.ts';

export interface NewAlertRule
  extends Pick<RuleSettings, 'name' | 'severity' | 'subject' | 'comparison' | 'threshold'>,
    Pick<RuleSettings, 'rangePreset' | 'minImpressions'> {
  clientId?: string | null;
  campaignId?: string | null;
  metric?: RuleSettings['metric'];
  comparedWith?: RuleSettings['comparedWith'];
  idempotencyKey?: string | null;
}

/** What is null or left out stays. What a rule looks at and of whom is its own for good. */
export type AlertRuleChanges = {
  [Key in
    | ('name' | 'severity' | 'comparison' | 'threshold' | 'rangePreset')
    | ('minImpressions' | 'enabled')]?: RuleSettings[Key] | null;
};

/** An organization has at most so many rules. */
const mostRules = 500;

/**
 * Have people told when a metric, its change or a lack of data is beyond a threshold.
 *
 * @throws {DomainError} NOT_FOUND (client, campaign); BAD_USER_INPUT; CONFLICT (name taken, or one rule too many).
 */
export async function createAlertRule(
  em: EntityManager,
  actor: Actor,
  { idempotencyKey, ...input }: NewAlertRule,
): Promise<AlertRule> {
  const call = { operation: 'createAlertRule', key: idempotencyKey, input };
  const id = await once(em, actor, call, async () => {
    const { clientId = null, campaignId = null, metric = null, comparedWith = null } = input;
    await checkScope(em, { clientId, campaignId, subject: input.subject });
    const settings = checkRule({ ...input, metric, comparedWith, enabled: true });
    await lockOrganization(em, actor.organizationId);
    if ((await em.count(AlertRule, { removedAt: null })) >= mostRules) {
      throw new DomainError('CONFLICT', `An organization has at most ${mostRules} alert rules.`);
    }
    const { organizationId } = actor;
    const rule = em.create(AlertRule, { organizationId, clientId, campaignId, ...settings });
    await refuseTakenName(em, rule);
    record(em, actor, 'CREATE', rule, null);
    await em.flush();
    return rule.id;
  });
  return em.findOneOrFail(AlertRule, id);
}

/**
 * Change what a rule says; one that is switched off has no open alerts.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT; CONFLICT (name taken).
 */
export async function updateAlertRule(
  em: EntityManager,
  actor: Actor,
  id: string,
  changes: AlertRuleChanges,
): Promise<AlertRule> {
  const rule = await findStanding(em, id);
  const before = describe(rule);
  const given = Object.entries(changes).filter(([, value]) => value != null);
  Object.assign(rule, checkRule({ ...settingsOf(rule), ...Object.fromEntries(given) }));
  await refuseTakenName(em, rule);
  record(em, actor, 'UPDATE', rule, before);
  await em.flush();
  if (!rule.enabled) await endAlertsOfRule(em, id);
  return rule;
}

/** Take a rule away; its open alerts end. Again changes nothing. @throws {DomainError} NOT_FOUND. */
export async function removeAlertRule(
  em: EntityManager,
  actor: Actor,
  id: string,
): Promise<AlertRule> {
  const rule = found(await em.findOne(AlertRule, id), 'alert rule');
  if (rule.removedAt) return rule;
  const before = describe(rule);
  rule.removedAt = await databaseNow(em);
  const entity = { entityType: 'AlertRule', entityId: id };
  recordChange(em, actor, { action: 'REMOVE', ...entity, before, after: null });
  await em.flush();
  await endAlertsOfRule(em, id);
  return rule;
}

async function findStanding(em: EntityManager, id: string): Promise<AlertRule> {
  return found(await em.findOne(AlertRule, { id, removedAt: null }), 'alert rule');
}

async function refuseTakenName(em: EntityManager, { id, name }: AlertRule): Promise<void> {
  const [taken] = await em.execute(
    'select from alert_rules where lower(name) = lower(?) and id <> ? and removed_at is null',
    [name, id],
  );
  if (!taken) return;
  throw new DomainError('CONFLICT', `There is an alert rule named "${name}" already.`, {
    fields: ['name'],
  });
}

function describe(rule: AlertRule) {
  const { clientId, campaignId } = rule;
  return { clientId, campaignId, ...settingsOf(rule) };
}

function record(
  em: EntityManager,
  actor: Actor,
  action: string,
  rule: AlertRule,
  before: object | null,
): void {
  const entity = { entityType: 'AlertRule', entityId: rule.id };
  recordChange(em, actor, { action, ...entity, before, after: describe(rule) });
}
