import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { type AlertSeverity, alertSeverities } from '../alert/alert.entity.ts';
import { comparisonPeriods } from '../metrics/compare-metrics.ts';
import type { MetricKey } from '../metrics/registry.ts';
import type { RangePreset } from '../range-preset.ts';

/** What a rule looks at. */
export const ruleSubjects = ['METRIC', 'CHANGE', 'PACE', 'MISSING_DAYS', 'DAYS_BEHIND'] as const;
export type RuleSubject = (typeof ruleSubjects)[number];
/** On which side of its threshold a rule applies; the threshold itself is on neither. */
export const ruleComparisons = ['ABOVE', 'BELOW'] as const;
export type RuleComparison = (typeof ruleComparisons)[number];

const schema = defineEntity({
  name: 'AlertRule',
  tableName: 'alert_rules',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    /** Null: each client of the organization. */
    clientId: p.uuid().strictNullable(),
    /** A campaign of the client; null: the client as a whole. */
    campaignId: p.uuid().strictNullable(),
    name: p.text(),
    severity: p.enum(alertSeverities).$type<AlertSeverity>(),
    subject: p.enum(ruleSubjects),
    /** Of METRIC and CHANGE. */
    metric: p.text().$type<MetricKey>().strictNullable(),
    comparison: p.enum(ruleComparisons),
    /** Exact; of a change a fraction: -0.3 is 30 % less. */
    threshold: p.decimal().precision(29).scale(9),
    rangePreset: p.text().$type<RangePreset>(),
    /** Of CHANGE. */
    comparedWith: p.enum(comparisonPeriods).strictNullable(),
    /** With fewer in its range it tells nothing. */
    minImpressions: p.bigint('number').default(0),
    enabled: p.boolean().default(true),
    removedAt: p.datetime().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What an organization wants to be told of: a metric, its change, or a lack of data. */
export class AlertRule extends schema.class {}
schema.setClass(AlertRule);
