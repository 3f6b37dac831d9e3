import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { sumByCurrency } from '../domain/metrics/sum-by-currency.ts';
import { HomeType } from '../schema/dashboard.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { CompareToInput } from '../schema/metrics.type.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { type MetricSubject, seesInternal } from './metric-subject.ts';

@Resolver(() => HomeType)
export class HomeResolver {
  @Query(() => HomeType, { description: 'All active clients at a glance.' })
  async home(
    @Arg('range', () => DateRangeInput, {
      description: "The days; presets are counted in the organization's time zone.",
    })
    range: DateRangeInput,
    @Arg('compareTo', () => CompareToInput, {
      nullable: true,
      description: 'What `comparison` compares with.',
    })
    compareTo: CompareToInput | null,
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
