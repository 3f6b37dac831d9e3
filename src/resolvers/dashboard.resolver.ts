import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { Problem } from '../domain/client/find-problems.ts';
import { found } from '../domain/errors.ts';
import type { Feed } from '../domain/feed/feed.entity.ts';
import { sumByCurrency } from '../domain/metrics/sum-by-currency.ts';
import { DashboardType, HomeType, ProblemType } from '../schema/dashboard.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { FeedType } from '../schema/feed.type.ts';
import { fromGlobalId } from '../schema/global-id.ts';
import { CompareToInput } from '../schema/metrics.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { type MetricSubject, metricsOf, nodeSubject, seesInternal } from './metric-subject.ts';

const rangeOptions = { description: 'The days.' };
const compareToOptions = { nullable: true, description: 'What `comparison` compares with.' };

@Resolver(() => ProblemType)
export class ProblemResolver {
  @FieldResolver(() => FeedType, { nullable: true, description: 'The feed.' })
  @Requires('ANALYST')
  feed(@Root() problem: Problem, @Ctx() { loaders }: GraphContext): Promise<Feed | null> {
    return loaders.feed.load(problem.feedId);
  }
}

@Resolver(() => DashboardType)
export class DashboardResolver {
  @Query(() => DashboardType, { description: 'A client at a glance.' })
  async dashboard(
    @Arg('clientId', () => ID, { description: 'The client.' }) clientId: string,
    @Arg('range', () => DateRangeInput, rangeOptions) range: DateRangeInput,
    @Arg('compareTo', () => CompareToInput, compareToOptions) compareTo: CompareToInput | null,
    @Ctx() context: GraphContext,
  ) {
    const id = fromGlobalId('Client', clientId);
    const client: Client = found(await context.loaders.client.load(id), 'client');
    const subject = nodeSubject(client, 'client', context);
    const days = await daysOf(range, subject);
    const asked = { ...days, preset: range.preset ?? null, compareTo };
    return { client, days, summary: await metricsOf(subject, asked, context) };
  }
}

@Resolver(() => HomeType)
export class HomeResolver {
  @Query(() => HomeType, { description: 'All active clients at a glance.' })
  async home(
    @Arg('range', () => DateRangeInput, {
      description: "The days; presets are counted in the organization's time zone.",
    })
    range: DateRangeInput,
    @Arg('compareTo', () => CompareToInput, compareToOptions) compareTo: CompareToInput | null,
    @Ctx() context: GraphContext,
  ) {
    const { loaders } = context;
    const { organizationId } = await context.viewer();
    const calendar = () => loaders.calendar({ organizationId });
    const days = await daysOf(range, { calendar });
    const withInternal = await seesInternal(context);
    const sums = await sumByCurrency(await context.em(), days);
    const totals = [...sums.values()].map(({ currency, clientIds, totals: ofCurrency }) => {
      const subject: MetricSubject = {
        calendar,
        currency: async () => currency,
        totals: async (other) => (await loaders.totalsOfCurrency(currency, other)).totals,
        gaps: async (days) => {
          const feeds = await Promise.all(clientIds.map((id) => loaders.feedsOfClient.load(id)));
          return Promise.all(feeds.flat().map(({ id }) => loaders.gapsOfFeed(id, days)));
        },
      };
      const asked = { ...days, preset: range.preset ?? null, compareTo };
      const metrics = { ...asked, totals: ofCurrency, withInternal, subject };
      return { currency, clientCount: clientIds.length, metrics };
    });
    return { totals };
  }
}
