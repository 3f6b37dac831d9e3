import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import type {
  ChangedDay,
  ChangedFigure,
  FactCause,
  ReportChanges,
} from '../domain/client-report/find-changes.ts';
import type { IssuedReport } from '../domain/client-report/issued-report.entity.ts';
import type { ReportDelivery } from '../domain/client-report/report-delivery.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import type { ExportFormat } from '../domain/metrics-export/metrics-export.entity.ts';
import type { RangePreset } from '../domain/range-preset.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import { MetricNameEnum, RangePresetEnum } from './metrics-enums.ts';
import { ExportFormatEnum } from './metrics-export.type.ts';
import { NodeType } from './node.ts';
import { DeliveryStatusEnum, FactCauseEnum } from './report-enums.ts';
import { BigIntScalar, DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

@ObjectType({ description: 'A figure, as a report has it.' })
export class ReportFigure {
  @Field(() => MetricNameEnum, { description: 'The metric.' })
  metric!: MetricKey;

  @Field(() => DecimalScalar, { nullable: true, description: 'Null for what is not known.' })
  value!: string | null;
}

@ObjectType('ReportDelivery', { description: 'The mail of a report to one recipient.' })
export class ReportDeliveryType implements Omit<ReportDelivery, 'emailCiphertext'> {
  @Field(() => DeliveryStatusEnum, { description: 'What became of it.' })
  status!: ReportDelivery['status'];

  @Field(() => String, { nullable: true, description: 'Why it failed, after all tries.' })
  error!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was sent or given up.' })
  endedAt!: Date | null;
}

@ObjectType('FactCause', { description: 'What changed the figures of a day of a feed.' })
export class FactCauseType implements Pick<FactCause, 'cause' | 'at'> {
  @Field(() => FactCauseEnum, { description: 'What it was.' })
  cause!: FactCause['cause'];

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Date;
}

@ObjectType('ChangedFigure', { description: 'A figure of a report, then and now.' })
class ChangedFigureType implements ChangedFigure {
  @Field(() => MetricNameEnum, { description: 'The metric.' })
  metric!: MetricKey;

  @Field(() => DecimalScalar, { nullable: true, description: 'As the report has it.' })
  issued!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'As it is by now; null, too, where days of it are in the archive.',
  })
  now!: string | null;
}

@ObjectType('ChangedDay', { description: 'A day that was restated after a report was issued.' })
export class ChangedDayType implements Omit<ChangedDay, 'causes'> {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => [ChangedFigureType], { description: "Each of the report's metrics on this day." })
  figures!: ChangedFigure[];
}

@ObjectType('ReportChanges', { description: 'What was restated since a report was issued.' })
export class ReportChangesType implements ReportChanges {
  @Field(() => [ChangedFigureType], {
    description: "Each of the report's metrics over all of its days; none where no day changed.",
  })
  figures!: ChangedFigure[];

  @Field(() => [ChangedDayType], { description: 'The days, in order.' })
  days!: ChangedDay[];

  @Field(() => Boolean, {
    name: 'archived',
    simple: false,
    description:
      'Whether days of it are in the archive, which is no change: what they come to by now can be told once they are restored.',
  })
  isArchived!: boolean;
}

type Fields = Pick<
  IssuedReport,
  | ('name' | 'rangePreset' | 'fromDate' | 'toDate' | 'format' | 'locale')
  | ('rowCount' | 'sha256' | 'createdAt' | 'issuedAt')
>;

@ObjectType('IssuedReport', {
  implements: NodeType,
  description: 'A report as it was issued; from then on nothing of it changes.',
})
export class IssuedReportType extends NodeType implements Fields {
  @Field(() => String, { description: 'What its definition was called then.' })
  name!: string;

  @Field(() => RangePresetEnum, {
    nullable: true,
    description: 'What its days were told by; null where they were chosen.',
  })
  rangePreset!: RangePreset | null;

  @Field(() => DateScalar, { description: 'First day.' })
  fromDate!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  toDate!: string;

  @Field(() => ExportFormatEnum, { description: 'What it was issued as.' })
  format!: ExportFormat;

  @Field(() => String, { description: 'How a PDF writes numbers and days.' })
  locale!: string;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Rows that its file has (of a PDF, its table); null until it is issued.',
  })
  rowCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its file, as hex; null until it is issued.',
  })
  sha256!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for, or due.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null until it is issued.' })
  issuedAt!: Date | null;
}

export const IssuedReportConnection = connectionOf(() => IssuedReportType, 'IssuedReport');

@InputType()
class IssuedReportFilterInput {
  @Field(() => ID, { nullable: true, description: 'Of this client.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this definition.' })
  reportDefinitionId?: string | null;
}

@ArgsType()
export class IssuedReportArgs extends PageArgs {
  @Field(() => IssuedReportFilterInput, { nullable: true, description: 'Which are wanted.' })
  filter?: IssuedReportFilterInput | null;
}

@InputType()
export class IssueReportInput {
  @Field(() => ID, { description: 'What it is to be made of.' })
  reportDefinitionId!: string;

  @Field(() => DateRangeInput, {
    nullable: true,
    description: "Its days; the definition's where left out.",
  })
  range?: DateRangeInput | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key issue one.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'A report that is about to be issued.' })
export class IssueReportPayload {
  @Field(() => IssuedReportType, { description: 'The report.' })
  issuedReport!: IssuedReport;
}
