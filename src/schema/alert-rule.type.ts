import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { AlertSeverity } from '../domain/alert/alert.entity.ts';
import {
  type AlertRule,
  type RuleComparison,
  type RuleSubject,
  ruleComparisons,
  ruleSubjects,
} from '../domain/alert-rule/alert-rule.entity.ts';
import type { AlertRuleChanges, NewAlertRule } from '../domain/alert-rule/save-alert-rule.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import type { RangePreset } from '../domain/range-preset.ts';
import { AlertSeverityEnum } from './alert.type.ts';
import { connectionOf } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { ComparisonPeriodEnum, MetricNameEnum, RangePresetEnum } from './metrics-enums.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

const RuleSubjectEnum = enumOf(ruleSubjects, 'RuleSubject', 'What an alert rule looks at.', {
  METRIC: 'A metric of its days.',
  CHANGE: 'How a metric changed against an earlier time.',
  PACE: 'How a budget that runs is paced: spent / expected. Of several, the one that is furthest beyond.',
  MISSING_DAYS: 'On how many of its days some feed lacks data.',
  DAYS_BEHIND: 'How many days, up to yesterday, the feed lacks that is furthest behind.',
});
const RuleComparisonEnum = enumOf(
  ruleComparisons,
  'RuleComparison',
  'On which side of its threshold a rule applies. The threshold itself is on neither.',
  { ABOVE: 'Above it.', BELOW: 'Below it.' },
);

const threshold =
  'In the unit of the metric: CTR 0.005 is 0.5 %. Of a change a fraction: -0.3 is 30 % less. Of a pace a ratio: 1.2 is 20 % too fast. Else days.';
const rangePreset = 'Which days it looks at, up to yesterday at the latest.';
const minImpressions = 'With fewer impressions in its days a rule of a metric tells nothing.';

type Fields = Pick<
  AlertRule,
  | ('name' | 'severity' | 'subject' | 'metric' | 'comparison' | 'threshold' | 'rangePreset')
  | ('comparedWith' | 'minImpressions' | 'enabled' | 'removedAt' | 'createdAt' | 'updatedAt')
>;

@ObjectType('AlertRule', {
  implements: NodeType,
  description:
    'What people want to be told of, evaluated after each run and every morning. While it applies, there is an alert.',
})
export class AlertRuleType extends NodeType implements Fields {
  @Field(() => String, { description: 'Its name, unique in the organization.' })
  name!: string;

  @Field(() => AlertSeverityEnum, { description: 'How bad it is.' })
  severity!: AlertSeverity;

  @Field(() => RuleSubjectEnum, { description: 'What it looks at.' })
  subject!: RuleSubject;

  @Field(() => MetricNameEnum, { nullable: true, description: 'The metric, of METRIC and CHANGE.' })
  metric!: MetricKey | null;

  @Field(() => RuleComparisonEnum, { description: 'On which side of the threshold it applies.' })
  comparison!: RuleComparison;

  @Field(() => DecimalScalar, { description: threshold })
  threshold!: string;

  @Field(() => RangePresetEnum, { description: rangePreset })
  rangePreset!: RangePreset;

  @Field(() => ComparisonPeriodEnum, {
    nullable: true,
    description: 'What a CHANGE is against.',
  })
  comparedWith!: AlertRule['comparedWith'];

  @Field(() => BigIntScalar, { description: minImpressions })
  minImpressions!: number;

  @Field(() => Boolean, { description: 'Whether it is evaluated.' })
  enabled!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was taken away.' })
  removedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const AlertRuleConnection = connectionOf(() => AlertRuleType, 'AlertRule');

@InputType()
export class CreateAlertRuleInput implements NewAlertRule {
  @Field(() => ID, { nullable: true, description: 'A client; left out, each client.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A campaign of it; left out, all of it.' })
  campaignId?: string | null;

  @Field(() => String, { description: 'Its name, unique in the organization.' })
  name!: string;

  @Field(() => AlertSeverityEnum, { defaultValue: 'WARNING', description: 'How bad it is.' })
  severity!: AlertSeverity;

  @Field(() => RuleSubjectEnum, { description: 'What it looks at.' })
  subject!: RuleSubject;

  @Field(() => MetricNameEnum, { nullable: true, description: 'The metric, of METRIC and CHANGE.' })
  metric?: MetricKey | null;

  @Field(() => RuleComparisonEnum, { description: 'On which side of the threshold it applies.' })
  comparison!: RuleComparison;

  @Field(() => DecimalScalar, { description: threshold })
  threshold!: string;

  @Field(() => RangePresetEnum, { defaultValue: 'YESTERDAY', description: rangePreset })
  rangePreset!: RangePreset;

  @Field(() => ComparisonPeriodEnum, { nullable: true, description: 'What a CHANGE is against.' })
  comparedWith?: AlertRule['comparedWith'];

  @Field(() => BigIntScalar, { defaultValue: 0, description: minImpressions })
  minImpressions!: number;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one rule.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateAlertRuleInput implements AlertRuleChanges {
  @Field(() => ID, { description: 'The rule.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => AlertSeverityEnum, { nullable: true, description: 'How bad it is.' })
  severity?: AlertSeverity | null;

  @Field(() => RuleComparisonEnum, { nullable: true, description: 'The other side.' })
  comparison?: RuleComparison | null;

  @Field(() => DecimalScalar, { nullable: true, description: threshold })
  threshold?: string | null;

  @Field(() => RangePresetEnum, { nullable: true, description: rangePreset })
  rangePreset?: RangePreset | null;

  @Field(() => BigIntScalar, { nullable: true, description: minImpressions })
  minImpressions?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is evaluated. Switched off, its open alerts end.',
  })
  enabled?: boolean | null;
}

@ObjectType({ description: 'An alert rule that was made, changed or taken away.' })
export class AlertRulePayload {
  @Field(() => AlertRuleType, { description: 'The rule as it is now.' })
  alertRule!: AlertRule;
}
