import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { DateRange } from '../domain/calendar.ts';
import type { Client } from '../domain/client/client.entity.ts';
import { found } from '../domain/errors.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { listLastRuns } from '../domain/ingestion/list-last-runs.ts';
import type { MediaLevel } from '../domain/media/levels.ts';
import { refuseHidden } from '../domain/metrics/refuse-hidden.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import type { SummaryKind } from '../domain/summary/summary-settings.ts';
import { DashboardType, RankingArgs } from '../schema/dashboard.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { IngestionRunType } from '../schema/ingestion-run.type.ts';
import { CompareToInput } from '../schema/metrics.type.ts';
import { rankedTypes } from '../schema/ranked.type.ts';
import { SummaryKindEnum, SummaryType } from '../schema/summary.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { metricsOf, nodeSubject, type SubjectMetrics, seesInternal } from './metric-subject.ts';

interface Dashboard {
  client: Client;
  days: DateRange;
  summary: SubjectMetrics;
}

@Resolver(() => DashboardType)
export class DashboardResolver {
  @Query(() => DashboardType, { description: 'A client at a glance.' })
  async dashboard(
    @Arg('clientId', () => ID, { description: 'The client.' }) clientId: string,
    @Arg('range', () => DateRangeInput, { description: 'The days.' }) range: DateRangeInput,
    @Arg('compareTo', () => CompareToInput, {
      nullable: true,
      description: 'What `comparison` compares with.',
    })
    compareTo: CompareToInput | null,
    @Ctx() context: GraphContext,
  ): Promise<Dashboard> {
    const id = fromGlobalId('Client', clientId);
    const client: Client = found(await context.loaders.client.load(id), 'client');
    const subject = nodeSubject(client, 'client', context);
    const days = await daysOf(range, subject);
    const asked = { ...days, preset: range.preset ?? null, compareTo };
    return { client, days, summary: await metricsOf(subject, asked, context) };
  }

  @FieldResolver(() => SummaryType, {
    nullable: true,
    description:
      'The summary of its latest week or month that ends within the range, or before it.',
  })
  latestSummary(
    @Root() { client, days }: Dashboard,
    @Arg('kind', () => SummaryKindEnum, { description: 'Of a week, or of a month.' })
    kind: SummaryKind,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Summary | null> {
    return loaders.latestSummary(client.id, { kind, until: days.to });
  }

  @FieldResolver(() => [IngestionRunType], {
    nullable: true,
    description: 'Its last ingestion runs, newest first.',
  })
  @Requires('ANALYST')
  async lastRuns(
    @Root() { client }: Dashboard,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many, 1 to 1,000.' })
    first: number,
    @Ctx() context: GraphContext,
  ): Promise<IngestionRun[]> {
    return listLastRuns(await context.em(), client.id, first);
  }
}

const rankings: [field: string, level: MediaLevel][] = [
  ['topCampaigns', 'campaign'],
  ['topStrategies', 'strategy'],
  ['topPlacements', 'placement'],
  ['topCreatives', 'creative'],
];

/** For each level, the resolver of the nodes of a dashboard that stand out. */
export const rankingResolvers = rankings.map(([field, level]) => {
  @Resolver(() => DashboardType)
  class RankingResolver {
    @FieldResolver(() => [rankedTypes[level]], {
      description: `Its ${field.slice(3).toLowerCase()} that stand out.`,
    })
    async [field](
      @Root() { client, days }: Dashboard,
      @Args(() => RankingArgs) { by, direction, first }: RankingArgs,
      @Ctx() context: GraphContext,
    ) {
      refuseHidden([by], await seesInternal(context));
      const order = { field: 'METRIC', metric: by, range: days, direction } as const;
      const request = { filter: {}, order, page: { first } };
      const children = { level, parentLevel: 'client', request } as const;
      const page = await context.loaders.children(client.id, children);
      return Promise.all(
        page.edges.map(async ({ node }) => {
          const subject = nodeSubject(node, level, context);
          return { node, metrics: await metricsOf(subject, days, context) };
        }),
      );
    }
  }
  return RankingResolver;
});
