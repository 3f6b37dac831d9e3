import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { found } from '../domain/errors.ts';
import { listMedia } from '../domain/media/list-media.ts';
import { oldMonthsOf } from '../domain/metrics/old-months.ts';
import { sumByCurrency } from '../domain/metrics/sum-by-currency.ts';
import type { Page } from '../domain/paging.ts';
import { listSummaries } from '../domain/summary/list-summaries.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import type { SummaryKind } from '../domain/summary/summary-settings.ts';
import { ClientConnection } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { HomeType } from '../schema/dashboard.type.ts';
import { DateRangeInput } from '../schema/date-range.ts';
import { CompareToInput } from '../schema/metrics.type.ts';
import { SummaryConnection, SummaryKindEnum } from '../schema/summary.type.ts';
import type { GraphContext } from './context.ts';
import { daysOf } from './days-of.ts';
import { type MetricSubject, metricsOf, toldGaps } from './metric-subject.ts';

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
    const sums = await sumByCurrency(await context.em(), days);
    const totals = [...sums.values()].map(async ({ currency, clientIds }) => {
      const subject: MetricSubject = {
        calendar,
        currency: async () => currency,
        totals: async (other) => (await loaders.totalsOfCurrency(currency, other)).totals,
        gaps: async (other) => {
          const feeds = await Promise.all(clientIds.map((id) => loaders.gapsOfClient(id, other)));
          return toldGaps(feeds.flat(), context);
        },
        summedMonths: (other) => oldMonthsOf('client', other),
      };
      const asked = { ...days, preset: range.preset ?? null, compareTo };
      const metrics = await metricsOf(subject, asked, context);
      return { currency, clientCount: clientIds.length, metrics };
    });
    return { totals: await Promise.all(totals) };
  }

  @FieldResolver(() => ClientConnection, { description: 'The active clients, by name.' })
  async clients(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<object>> {
    const request = { filter: { statuses: ['ACTIVE' as const] }, order: {}, page };
    const pages = await listMedia(await context.em(), 'client', null, request);
    return found(pages.get(''), 'list');
  }

  @FieldResolver(() => SummaryConnection, {
    description: 'Summaries of the active clients, the latest first.',
  })
  async summaries(
    @Arg('kind', () => SummaryKindEnum, { description: 'Of weeks, or of months.' })
    kind: SummaryKind,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Summary>> {
    return listSummaries(await context.em(), { kind, isActive: true }, page);
  }
}
