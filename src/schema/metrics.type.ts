import { Field, Float, ObjectType } from 'type-graphql';
import { additiveMetrics, ratioMetrics } from '../domain/metrics/registry.ts';
import { BigIntScalar, DecimalScalar } from './scalars.ts';

/** Totals and ratios over a range; its fields are the registry's metrics. */
@ObjectType('Metrics', {
  description:
    'Totals of a range of days, and the ratios of those totals: summed first, divided once.',
})
export class MetricsType {
  @Field(() => String, { description: 'ISO 4217 code of all amounts.' })
  currency!: string;

  @Field(() => [String], {
    description:
      'Names of the ratios that stand on a part of the rows only, because a source does not report one of their sides.',
  })
  partialRatios!: string[];
}

const scalarOf = { INTEGER: BigIntScalar, DECIMAL: DecimalScalar, FLOAT: Float };

for (const [key, { type, description }] of Object.entries({
  ...additiveMetrics,
  ...ratioMetrics,
})) {
  Field(() => scalarOf[type], { nullable: true, description })(MetricsType.prototype, key);
}
