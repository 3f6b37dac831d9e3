import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import type { Problem } from '../domain/client/find-problems.ts';
import type { Freshness } from '../domain/feed/find-freshness.ts';
import type { MetricKey } from '../domain/metrics/registry.ts';
import { ClientType } from './client.type.ts';
import { ProblemKindEnum, SortDirectionEnum } from './media-enums.ts';
import { MetricsType } from './metrics.type.ts';
import { MetricNameEnum } from './metrics-enums.ts';
import { DateScalar, DateTimeScalar } from './scalars.ts';

@ObjectType('Freshness', { description: 'How fresh the data of a feed is.' })
export class FreshnessType implements Omit<Freshness, 'feedId'> {
  @Field(() => String, { description: 'The kind of origin, such as SURFSIDE.' })
  source!: string;

  @Field(() => String, { description: 'Name of the feed.' })
  feedName!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The last day with data.' })
  dataThrough!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the data of that day was written.',
  })
  loadedAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether its schedule is paused: nothing more is waited for.',
  })
  isPaused!: boolean;

  @Field(() => Boolean, { description: 'Whether a day is overdue.' })
  isBehind!: boolean;
}

@ObjectType('Problem', { description: "What is wrong with the data of one of a client's feeds." })
export class ProblemType implements Pick<Problem, 'kind' | 'days' | 'date'> {
  @Field(() => ProblemKindEnum, { description: 'What is wrong.' })
  kind!: Problem['kind'];

  @Field(() => Int, { description: 'How many days are concerned.' })
  days!: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first of them; of a feed that is behind, the last day with data.',
  })
  date!: string | null;
}

/** By what the nodes of a dashboard are ranked, and how many are shown. */
@ArgsType()
export class RankingArgs {
  @Field(() => MetricNameEnum, { defaultValue: 'spend', description: 'The metric that counts.' })
  by!: MetricKey;

  @Field(() => SortDirectionEnum, {
    defaultValue: 'DESC',
    description: 'DESC has the highest first, ASC the lowest; what is undefined is last.',
  })
  direction!: 'ASC' | 'DESC';

  @Field(() => Int, { defaultValue: 5, description: 'How many, 1 to 1,000.' })
  first!: number;
}

@ObjectType('Dashboard', { description: 'A client at a glance.' })
export class DashboardType {
  @Field(() => ClientType, { description: 'The client.' })
  client!: object;

  @Field(() => MetricsType, { description: 'Its totals and, with `compareTo`, how they changed.' })
  summary!: object;
}

@ObjectType('CurrencyTotals', { description: 'What the active clients of one currency add up to.' })
export class CurrencyTotalsType {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency!: string;

  @Field(() => Int, { description: 'How many clients.' })
  clientCount!: number;

  @Field(() => MetricsType, { description: 'Their totals and, with `compareTo`, the change.' })
  metrics!: object;
}

@ObjectType('Home', { description: 'All clients at a glance.' })
export class HomeType {
  @Field(() => [CurrencyTotalsType], {
    description: 'Totals by currency: amounts of different ones are never added.',
  })
  totals!: CurrencyTotalsType[];
}
