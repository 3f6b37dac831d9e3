import { Field, Float, InputType, ObjectType } from 'type-graphql';
import type { SeriesPoint } from '../domain/metrics/build-series.ts';
import type { MetricChange, RequestedComparison } from '../domain/metrics/compare-metrics.ts';
import type { MonthInArchive } from '../domain/metrics/months-in-archive.ts';
import { metrics } from '../domain/metrics/registry.ts';
import { DateRangeInput } from './date-range.ts';
import {
  ChangeGapEnum,
  ComparisonPeriodEnum,
  MetricNameEnum,
  PeriodStatusEnum,
} from './metrics-enums.ts';
import { BigIntScalar, DateScalar, DecimalScalar } from './scalars.ts';

/** Totals and ratios over a range; its fields are the registry's metrics. */
@ObjectType('Metrics', {
  description:
    'Totals of a range of days, and the ratios of those totals: summed first, divided once.',
})
export class MetricsType {
  @Field(() => DateScalar, { description: 'First day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to!: string;

  @Field(() => [String], {
    description:
      'Names of the ratios that stand on a part of the rows only, because a source does not report one of their sides.',
  })
  partialRatios!: string[];
}

const scalarOf = { INTEGER: BigIntScalar, DECIMAL: DecimalScalar, FLOAT: Float };

for (const [key, { type, description }] of Object.entries(metrics)) {
  Field(() => scalarOf[type], { nullable: true, description })(MetricsType.prototype, key);
}

@ObjectType('Coverage', {
  description: 'Whether there is all the data that is to be expected of some days.',
})
export class CoverageType implements Pick<SeriesPoint, 'status' | 'reason'> {
  @Field(() => PeriodStatusEnum, { description: 'How much data there is.' })
  status!: SeriesPoint['status'];

  @Field(() => String, { nullable: true, description: 'What is missing, in words.' })
  reason!: string | null;
}

@ObjectType('MonthInArchive', {
  description: 'A month of which days that are asked about are archived (docs/retention.md).',
})
export class MonthInArchiveType implements Omit<MonthInArchive, 'isCounted'> {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month!: string;

  @Field(() => Boolean, {
    name: 'counted',
    simple: false,
    description:
      'Whether the figures contain it all the same, by its sum; else they have nothing of its archived days.',
  })
  isCounted!: boolean;
}

@InputType({ description: 'What to compare with: one of the two.' })
export class CompareToInput implements RequestedComparison {
  @Field(() => ComparisonPeriodEnum, { nullable: true, description: 'A range before.' })
  period?: NonNullable<RequestedComparison['period']> | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'Any range.' })
  range?: DateRangeInput | null;
}

@ObjectType('MetricChange', { description: 'How a metric went from one range to another.' })
export class MetricChangeType implements MetricChange {
  @Field(() => MetricNameEnum, { description: 'The metric.' })
  metric!: MetricChange['metric'];

  @Field(() => DecimalScalar, { nullable: true, description: 'Its value in the range.' })
  value!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What it is compared with.' })
  base!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Value - base.' })
  absolute!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: '(Value - base) / |base|: 0.1 is 10 % more. Null with a reason in `gap`.',
  })
  relative!: string | null;

  @Field(() => ChangeGapEnum, { nullable: true, description: 'Why the change is not a number.' })
  gap!: MetricChange['gap'];
}

@ObjectType('MetricsComparison', {
  description: 'A range beside the one that it is compared with.',
})
export class MetricsComparisonType {
  @Field(() => MetricsType, { description: 'The metrics of the range compared with.' })
  metrics!: MetricsType;
}

@ObjectType('MetricsPoint', {
  description: 'A day, week or month of a series: its metrics, or why there are none.',
})
export class MetricsPointType extends CoverageType {
  @Field(() => DateScalar, { description: 'Its first day that lies in the range.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Its last day that lies in the range.' })
  to!: string;

  @Field(() => MetricsType, {
    nullable: true,
    description: 'Its metrics; null without any data, never zeros.',
  })
  metrics!: MetricsType | null;
}
