import { Field, InputType, ObjectType } from 'type-graphql';
import type { Organization, Severity } from '../domain/identity/organization.entity.ts';
import type { RuleSeverity } from '../domain/identity/set-rule-severity.ts';
import type { ComparisonRule } from '../domain/ingestion/row-problem.ts';
import { ComparisonRuleEnum, SeverityEnum } from './ingestion-enums.ts';
import { OrganizationType } from './viewer.type.ts';

@ObjectType('RuleSeverity', { description: "How a rule of a source's rows is taken." })
export class RuleSeverityType implements RuleSeverity {
  @Field(() => String, { description: 'The source, such as SURFSIDE.' })
  source!: string;

  @Field(() => ComparisonRuleEnum, { description: 'The rule.' })
  rule!: ComparisonRule;

  @Field(() => SeverityEnum, { description: 'How it is taken.' })
  severity!: Severity;
}

@InputType()
export class SetRuleSeverityInput implements RuleSeverity {
  @Field(() => String, { description: 'The source, such as SURFSIDE.' })
  source!: string;

  @Field(() => ComparisonRuleEnum, { description: 'The rule.' })
  rule!: ComparisonRule;

  @Field(() => SeverityEnum, { description: 'How it is to be taken, from the next load on.' })
  severity!: Severity;
}

@ObjectType({ description: 'A rule whose severity was set.' })
export class SetRuleSeverityPayload {
  @Field(() => OrganizationType, { description: 'The organization as it is now.' })
  organization!: Organization;
}
