import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import type { Page } from '../domain/paging.ts';
import { listSummaries } from '../domain/summary/list-summaries.ts';
import type { Sentence, SentenceFact } from '../domain/summary/sentence.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import { explainUnderperformer, writeSentences } from '../domain/summary/write-sentences.ts';
import { generateSummaries } from '../jobs/request-summaries.ts';
import { ClientType } from '../schema/client.type.ts';
import { JobRunPayload } from '../schema/job-run.type.ts';
import { MetricsComparisonType, MetricsType } from '../schema/metrics.type.ts';
import { NodeType } from '../schema/node.ts';
import { rankedTypes } from '../schema/ranked.type.ts';
import {
  CampaignRankingEnum,
  CreativeRankingEnum,
  GenerateSummariesInput,
  SummaryArgs,
  SummaryConnection,
  SummaryFactType,
  SummarySentenceType,
  SummaryType,
  UnderperformerType,
} from '../schema/summary.type.ts';
import { Requires } from './authorize.ts';
import { changeOnce } from './change-once.ts';
import type { GraphContext } from './context.ts';
import type { SubjectMetrics } from './metric-subject.ts';
import {
  figuresOf,
  loadMedia,
  metricsOfSummary,
  nameMedia,
  rankedNode,
} from './summary-figures.ts';

@Resolver(() => SummaryType)
export class SummaryResolver {
  @Query(() => SummaryConnection, {
    description: 'Summaries of weeks and months, the latest first.',
  })
  async summaries(
    @Args(() => SummaryArgs) { filter, ...page }: SummaryArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<Summary>> {
    const clientId = filter?.clientId && fromGlobalId('Client', filter.clientId, 'clientId');
    return listSummaries(await context.em(), { ...filter, clientId: clientId || null }, page);
  }

  @FieldResolver(() => ClientType, { nullable: true, description: 'The client.' })
  client(@Root() { clientId }: Summary, @Ctx() { loaders }: GraphContext): Promise<Client | null> {
    return loaders.client.load(clientId);
  }

  @FieldResolver(() => MetricsType, {
    description: 'Its totals and ratios, and whether there were all the data.',
  })
  metrics(@Root() summary: Summary, @Ctx() context: GraphContext): Promise<SubjectMetrics> {
    return metricsOfSummary(summary, context);
  }

  @FieldResolver(() => MetricsComparisonType, {
    nullable: true,
    description: 'It beside the week or month before; null where that has no summary.',
  })
  async comparison(@Root() summary: Summary, @Ctx() context: GraphContext) {
    const previous = await context.loaders.previousSummary(summary.id, {});
    if (!previous) return null;
    return {
      values: await metricsOfSummary(summary, context),
      metrics: await metricsOfSummary(previous, context),
    };
  }

  @FieldResolver(() => [rankedTypes.campaign], {
    description: 'The 5 foremost campaigns, none without any.',
  })
  topCampaigns(
    @Root() summary: Summary,
    @Arg('by', () => CampaignRankingEnum, {
      defaultValue: 'CONVERSIONS',
      description: 'By what they are ranked.',
    })
    by: keyof typeof CampaignRankingEnum,
    @Ctx() context: GraphContext,
  ) {
    const { campaignsByConversions, campaignsByRevenue } = summary.rankings;
    const ranked = by === 'REVENUE' ? campaignsByRevenue : campaignsByConversions;
    return Promise.all(ranked.map((each) => rankedNode(summary, each, 'campaign', context)));
  }

  @FieldResolver(() => [rankedTypes.creative], {
    description: 'The 5 foremost creatives of those with enough impressions to be compared.',
  })
  topCreatives(
    @Root() summary: Summary,
    @Arg('by', () => CreativeRankingEnum, {
      defaultValue: 'CTR',
      description: 'By what they are ranked.',
    })
    by: keyof typeof CreativeRankingEnum,
    @Ctx() context: GraphContext,
  ) {
    const { creativesByCtr, creativesByConversions } = summary.rankings;
    const ranked = by === 'CTR' ? creativesByCtr : creativesByConversions;
    return Promise.all(ranked.map((each) => rankedNode(summary, each, 'creative', context)));
  }

  @FieldResolver(() => [UnderperformerType], {
    description:
      "Campaigns with a low CTR, a high spend and few conversions, by the organization's thresholds; the 5 dearest.",
  })
  underperformers(@Root() summary: Summary, @Ctx() context: GraphContext) {
    return Promise.all(
      summary.rankings.underperformers.map(async (ranked) => {
        const ranking = await rankedNode(summary, ranked, 'campaign', context);
        const named = await nameMedia(ranked, 'campaign', context);
        const currency = await ranking.metrics.subject.currency();
        return { ...ranking, reason: explainUnderperformer(named, currency, summary.thresholds) };
      }),
    );
  }

  @FieldResolver(() => [SummarySentenceType], {
    description: 'It in plain sentences, made of its figures alone.',
  })
  async sentences(@Root() summary: Summary, @Ctx() context: GraphContext): Promise<Sentence[]> {
    return writeSentences(await figuresOf(summary, context));
  }

  @Mutation(() => JobRunPayload, {
    description:
      'Make summaries of weeks and months that are over now, whether there are any or not. Summaries are made by themselves, too, as their periods end and their days change.',
  })
  @Requires('ADMIN')
  async generateSummaries(
    @Arg('input', () => GenerateSummariesInput, { description: 'Client, days and kinds.' })
    { idempotencyKey: key, kinds, range, ...input }: GenerateSummariesInput,
    @Ctx() context: GraphContext,
  ): Promise<JobRunPayload> {
    const clientId = fromGlobalId('Client', input.clientId, 'clientId');
    const wanted = { clientId, kinds, range };
    const call = { operation: 'generateSummaries', key, input: wanted };
    const jobRun = await changeOnce(context, JobRun, call, (em, actor, { add }) =>
      generateSummaries(em, actor, wanted, add),
    );
    return { jobRun };
  }
}

@Resolver(() => SummaryFactType)
export class SummaryFactResolver {
  @FieldResolver(() => NodeType, {
    nullable: true,
    description: 'The campaign or creative that it is of; null where it is of the client.',
  })
  media(@Root() { media }: SentenceFact, @Ctx() context: GraphContext): Promise<object> | null {
    return media && loadMedia(media, context);
  }
}
