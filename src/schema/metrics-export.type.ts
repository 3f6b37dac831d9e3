import { Field, InputType, ObjectType } from 'type-graphql';
import type { DimensionKey } from '../domain/metric-rows/dimensions.ts';
import type { Grain } from '../domain/metrics/period-of.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import {
  type ExportFormat,
  type ExportOptions,
  exportFormats,
  type MetricsExport,
} from '../domain/metrics-export/metrics-export.entity.ts';
import { connectionOf } from './connection.ts';
import { DateRangeInput } from './date-range.ts';
import { enumOf } from './enum-of.ts';
import { MetricFiltersInput, MetricRowOrderInput } from './metric-rows.type.ts';
import { DimensionEnum, GrainEnum, MetricNameEnum } from './metrics-enums.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

export const ExportFormatEnum = enumOf(
  exportFormats,
  'ExportFormat',
  'What metrics are exported as.',
  {
    CSV: 'Comma-separated values in UTF-8 (RFC 4180), for programs.',
    XLSX: 'A workbook; a zip of several beyond 250,000 rows.',
    PDF: 'A document for reading: key figures, charts, the first 500 rows, notes.',
  },
);

@InputType({ description: 'How a file is made; each option is of one format.' })
export class ExportOptionsInput implements Partial<ExportOptions> {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'CSV: whether it begins with the mark that Excel knows UTF-8 by.',
  })
  byteOrderMark!: boolean;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'XLSX: whether there is a sheet for each level of the hierarchy among the dimensions, or only the rows asked for.',
  })
  sheetPerLevel!: boolean;

  @Field(() => String, {
    defaultValue: 'en-US',
    description: 'PDF: how numbers and days are written: a language tag, such as de-DE.',
  })
  locale!: string;
}

@InputType({ description: 'Metric rows, asked for as by `metricRows`, and what they are to be.' })
export class ExportMetricsInput {
  @Field(() => ExportFormatEnum, { description: 'What they are exported as.' })
  format!: ExportFormat;

  @Field(() => [DimensionEnum], { description: 'What a row is for, in order.' })
  dimensions!: DimensionKey[];

  @Field(() => [MetricNameEnum], { description: 'What is shown of each, in order.' })
  metrics!: MetricKey[];

  @Field(() => DateRangeInput, {
    description: 'The days; those of a preset are settled when the export is asked for.',
  })
  range!: DateRangeInput;

  @Field(() => MetricFiltersInput, { nullable: true, description: 'Which facts count.' })
  filters?: MetricFiltersInput | null;

  @Field(() => GrainEnum, {
    nullable: true,
    description: 'Adds the dimension of its periods in front, where it is not among them.',
  })
  grain?: Grain | null;

  @Field(() => MetricRowOrderInput, {
    nullable: true,
    description: 'By the columns of the dimensions, where left out.',
  })
  orderBy?: MetricRowOrderInput | null;

  @Field(() => ExportOptionsInput, { nullable: true, description: 'How the file is made.' })
  options?: ExportOptionsInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key and input again give the same export.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('MetricsExport', {
  implements: NodeType,
  description: 'Metric rows that somebody wants as a file.',
})
export class MetricsExportType
  extends NodeType
  implements Pick<MetricsExport, 'format' | 'rowCount' | 'createdAt'>
{
  @Field(() => ExportFormatEnum, { description: 'What they are exported as.' })
  format!: ExportFormat;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Rows that the file has (of a PDF, its table); null until it is whole.',
  })
  rowCount!: number | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;
}

export const MetricsExportConnection = connectionOf(() => MetricsExportType, 'MetricsExport');

@ObjectType({ description: 'An export that is made, or cancelled.' })
export class MetricsExportPayload {
  @Field(() => MetricsExportType, { description: 'The export.' })
  metricsExport!: MetricsExport;
}
