import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import {
  type Alert,
  type AlertKind,
  type AlertSeverity,
  alertKinds,
  alertSeverities,
} from '../domain/alert/alert.entity.ts';
import type { OpenAlerts } from '../domain/alert/find-open-alerts.ts';
import type { AlertFilter } from '../domain/alert/list-alerts.ts';
import type { AlertRecipients } from '../domain/alert/set-alert-recipients.ts';
import { type AlertRole, alertRoles } from '../domain/identity/organization.entity.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { enumOf } from './enum-of.ts';
import { NodeType } from './node.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

const AlertKindEnum = enumOf(alertKinds, 'AlertKind', 'What people are told of.', {
  FAILED_RUN: 'A run failed, or could not load one of its days.',
  MISSING_FILE: 'A file did not come by its time and grace.',
  VALIDATION_ERRORS: 'Rows of a file were rejected.',
  HELD_RUN: 'A day would replace much by little, and waits for an admin.',
  FEW_IMPRESSIONS: 'A new day has far fewer impressions than its weekday usually; it was applied.',
  CREDENTIAL_REFUSED: 'What the feed is read with is not taken.',
  RULE: 'A rule applies.',
});
export const AlertSeverityEnum = enumOf(alertSeverities, 'AlertSeverity', 'How bad it is.', {
  INFO: 'Good to know.',
  WARNING: 'Somebody should look at it.',
  CRITICAL: 'Somebody should look at it now.',
});
export const AlertRoleEnum = enumOf(alertRoles, 'AlertRole', 'Whose members alerts can go to.', {
  OWNER: 'Owners.',
  ADMIN: 'Admins.',
  ANALYST: 'Analysts.',
});

type Fields = Pick<
  Alert,
  | ('kind' | 'severity' | 'date' | 'message' | 'count' | 'firstSeenAt' | 'lastSeenAt')
  | ('resolvedAt' | 'snoozedUntil' | 'acknowledgedAt' | 'note')
>;

@ObjectType('Alert', {
  implements: NodeType,
  description: 'A trouble of a feed, or what a rule is about, from when it begins until it ends.',
})
export class AlertType extends NodeType implements Fields {
  @Field(() => AlertKindEnum, { description: 'What is wrong.' })
  kind!: AlertKind;

  @Field(() => AlertSeverityEnum, { description: 'How bad it is.' })
  severity!: AlertSeverity;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day that it is about, where it is about one.',
  })
  date!: string | null;

  @Field(() => String, { description: 'In words, as it was last seen.' })
  message!: string;

  @Field(() => Int, { description: 'How often it was seen.' })
  count!: number;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  firstSeenAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last seen.' })
  lastSeenAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null until then.' })
  resolvedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when nobody is told of it, should it end and begin anew.',
  })
  snoozedUntil!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody saw to it.' })
  acknowledgedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'What they say of it.' })
  note!: string | null;
}

@ObjectType({ description: 'An alert that was changed.' })
export class AlertPayload {
  @Field(() => AlertType, { description: 'The alert as it is now.' })
  alert!: Alert;
}

export const AlertConnection = connectionOf(() => AlertType, 'Alert');

@ObjectType('SeverityCount', { description: 'How many alerts are as bad as this.' })
class SeverityCountType {
  @Field(() => AlertSeverityEnum, { description: 'How bad they are.' })
  severity!: AlertSeverity;

  @Field(() => Int, { description: 'How many there are.' })
  count!: number;
}

@ObjectType('OpenAlerts', { description: 'The open alerts at a glance.' })
export class OpenAlertsType implements OpenAlerts {
  @Field(() => Int, { description: 'How many there are.' })
  count!: number;

  @Field(() => [SeverityCountType], {
    description: 'How many of each severity, the severest first.',
  })
  bySeverity!: OpenAlerts['bySeverity'];

  @Field(() => [AlertType], {
    description: 'The first of them: the severest, of one severity the latest.',
  })
  alerts!: Alert[];
}

@InputType({ description: 'Which alerts are wanted.' })
export class AlertFilterInput implements AlertFilter {
  @Field(() => [AlertKindEnum], { nullable: true, description: 'Of these kinds.' })
  kinds?: AlertKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Of the feeds of this client.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this feed.' })
  feedId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this rule.' })
  ruleId?: string | null;

  @Field(() => [AlertSeverityEnum], { nullable: true, description: 'As bad as this.' })
  severities?: AlertSeverity[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it goes on.' })
  isOpen?: boolean | null;
}

@ArgsType()
export class AlertArgs extends PageArgs {
  @Field(() => AlertFilterInput, { nullable: true, description: 'All where left out.' })
  filter?: AlertFilterInput | null;
}

@InputType()
export class SetAlertRecipientsInput implements AlertRecipients {
  @Field(() => [AlertRoleEnum], {
    nullable: true,
    description: 'Whose members get them; owners and admins where it was never set.',
  })
  roles?: AlertRole[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Who else does, by email, at most 20. They replace those before.',
  })
  emails?: string[] | null;
}
