import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ReportDefinition } from '../domain/client-report/report-definition.entity.ts';
import type {
  DefinitionChanges,
  NewReportDefinition,
} from '../domain/client-report/save-definition.ts';
import type { DocumentPart } from '../domain/document/document.ts';
import type { Role } from '../domain/identity/membership.entity.ts';
import type { Recurrence } from '../domain/job/recurrence.ts';
import type { DimensionKey } from '../domain/metric-rows/dimensions.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import type { ExportFormat } from '../domain/metrics-export/metrics-export.entity.ts';
import type { RangePreset } from '../domain/range-preset.ts';
import { connectionOf } from './connection.ts';
import { RoleEnum } from './identity-enums.ts';
import { DimensionEnum, MetricNameEnum, RangePresetEnum } from './metrics-enums.ts';
import { ExportFormatEnum } from './metrics-export.type.ts';
import { NodeType } from './node.ts';
import { RecurrenceInput, RecurrenceType } from './recurrence.type.ts';
import { ReportSectionEnum } from './report-enums.ts';
import { DateTimeScalar } from './scalars.ts';

const says = {
  name: 'Its name, unique among the reports of its client.',
  rangePreset: 'Its days, counted from the day on which it is issued, by the clock of its client.',
  dimensions: 'What a row of its details is for, in order.',
  metrics: 'What it shows, in order. With an internal one it is not for the role CLIENT.',
  sections: 'What a PDF has, beside its notes.',
  format: 'What it is issued as.',
  locale: 'How a PDF writes numbers and days: a language tag, such as de-DE.',
  roles: 'Members of these roles get it who see the client.',
  emails: 'Who else gets it, at most 50. To open it they have to be members.',
  timing: 'When it is issued by itself',
  enabled: 'Whether it is issued by itself.',
};

type Fields = Pick<
  ReportDefinition,
  | ('name' | 'rangePreset' | 'dimensions' | 'metrics' | 'sections' | 'format' | 'locale')
  | ('roles' | 'timing' | 'enabled' | 'removedAt' | 'createdAt' | 'updatedAt')
>;

@ObjectType('ReportDefinition', {
  implements: NodeType,
  description: 'What a report of a client is made of, for whom, and when.',
})
export class ReportDefinitionType extends NodeType implements Fields {
  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => RangePresetEnum, { description: says.rangePreset })
  rangePreset!: RangePreset;

  @Field(() => [DimensionEnum], { description: says.dimensions })
  dimensions!: DimensionKey[];

  @Field(() => [MetricNameEnum], { description: says.metrics })
  metrics!: MetricKey[];

  @Field(() => [ReportSectionEnum], { description: says.sections })
  sections!: DocumentPart[];

  @Field(() => ExportFormatEnum, { description: says.format })
  format!: ExportFormat;

  @Field(() => String, { description: says.locale })
  locale!: string;

  @Field(() => [RoleEnum], { description: says.roles })
  roles!: Role[];

  @Field(() => RecurrenceType, {
    nullable: true,
    description: `${says.timing}; null where it is issued by hand alone.`,
  })
  timing!: Recurrence | null;

  @Field(() => Boolean, { description: says.enabled })
  enabled!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was taken away.' })
  removedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

export const ReportDefinitionConnection = connectionOf(
  () => ReportDefinitionType,
  'ReportDefinition',
);

@InputType()
export class CreateReportDefinitionInput implements NewReportDefinition {
  @Field(() => ID, { description: 'The client that it is of.' })
  clientId!: string;

  @Field(() => String, { description: says.name })
  name!: string;

  @Field(() => RangePresetEnum, { description: says.rangePreset })
  rangePreset!: RangePreset;

  @Field(() => [DimensionEnum], { defaultValue: ['campaign'], description: says.dimensions })
  dimensions!: DimensionKey[];

  @Field(() => [MetricNameEnum], { description: says.metrics })
  metrics!: MetricKey[];

  @Field(() => [ReportSectionEnum], {
    defaultValue: ['KEY_FIGURES', 'TREND', 'TOP_CAMPAIGNS', 'DETAILS'],
    description: says.sections,
  })
  sections!: DocumentPart[];

  @Field(() => ExportFormatEnum, { defaultValue: 'PDF', description: says.format })
  format!: ExportFormat;

  @Field(() => String, { defaultValue: 'en-US', description: says.locale })
  locale!: string;

  @Field(() => [RoleEnum], { nullable: true, description: says.roles })
  roles?: Role[] | null;

  @Field(() => [String], { nullable: true, description: says.emails })
  emails?: string[] | null;

  @Field(() => RecurrenceInput, {
    nullable: true,
    description: `${says.timing}; left out, by hand alone.`,
  })
  timing?: RecurrenceInput | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key make one.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateReportDefinitionInput implements DefinitionChanges {
  @Field(() => ID, { description: 'The definition.' })
  id!: string;

  @Field(() => String, { nullable: true, description: says.name })
  name?: string | null;

  @Field(() => RangePresetEnum, { nullable: true, description: says.rangePreset })
  rangePreset?: RangePreset | null;

  @Field(() => [DimensionEnum], { nullable: true, description: says.dimensions })
  dimensions?: DimensionKey[] | null;

  @Field(() => [MetricNameEnum], { nullable: true, description: says.metrics })
  metrics?: MetricKey[] | null;

  @Field(() => [ReportSectionEnum], { nullable: true, description: says.sections })
  sections?: DocumentPart[] | null;

  @Field(() => ExportFormatEnum, { nullable: true, description: says.format })
  format?: ExportFormat | null;

  @Field(() => String, { nullable: true, description: says.locale })
  locale?: string | null;

  @Field(() => [RoleEnum], { nullable: true, description: says.roles })
  roles?: Role[] | null;

  @Field(() => [String], { nullable: true, description: says.emails })
  emails?: string[] | null;

  @Field(() => RecurrenceInput, {
    nullable: true,
    description: `${says.timing}; null has it issued by hand alone.`,
  })
  timing?: RecurrenceInput | null;

  @Field(() => Boolean, { nullable: true, description: says.enabled })
  enabled?: boolean | null;
}

@ObjectType({ description: 'A definition that was made, changed or taken away.' })
export class ReportDefinitionPayload {
  @Field(() => ReportDefinitionType, { description: 'The definition.' })
  reportDefinition!: ReportDefinition;
}
