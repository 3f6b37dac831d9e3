import type { EntityClass } from '@mikro-orm/core';
import { found } from '../domain/errors.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import { Creative } from '../domain/media/creative.entity.ts';
import { coverageOf, lacksMostOf } from '../domain/metrics/build-series.ts';
import type { RankedMedia } from '../domain/summary/rank-media.ts';
import type { NamedMedia } from '../domain/summary/sentence.ts';
import type { Summary } from '../domain/summary/summary.entity.ts';
import type { PeriodFigures, SummaryFigures } from '../domain/summary/write-sentences.ts';
import type { GraphContext } from './context.ts';
import {
  type MetricNode,
  type MetricSubject,
  metricsOf,
  nodeSubject,
  type SubjectMetrics,
  toldGaps,
} from './metric-subject.ts';

const entities: Record<
  NamedMedia['level'],
  EntityClass<{ id: string; name: string; clientId: string }>
> = {
  campaign: Campaign,
  creative: Creative,
};

/** What a summary is of, with the sums and gaps that it keeps. */
function subjectOf(summary: Summary, context: GraphContext): MetricSubject {
  return {
    ...nodeSubject({ id: summary.clientId }, 'client', context),
    totals: async () => summary.totals,
    gaps: () => toldGaps(summary.gaps, context),
  };
}

/** The metrics of a summary's client, as it keeps them. */
export function metricsOfSummary(summary: Summary, context: GraphContext): Promise<SubjectMetrics> {
  return metricsOf(subjectOf(summary, context), daysOfSummary(summary), context);
}

/** Those of a campaign or creative that stands out in it. */
export async function rankedNode(
  summary: Summary,
  { id, totals }: RankedMedia,
  level: NamedMedia['level'],
  context: GraphContext,
): Promise<{ node: MetricNode; metrics: SubjectMetrics }> {
  const node = await loadMedia({ id, level }, context);
  const subject = { ...subjectOf(summary, context), totals: async () => totals };
  return { node, metrics: await metricsOf(subject, daysOfSummary(summary), context) };
}

/** All that the written summary is made of. */
export async function figuresOf(summary: Summary, context: GraphContext): Promise<SummaryFigures> {
  const { kind, rankings, thresholds } = summary;
  const named = (ranked: RankedMedia | undefined, level: NamedMedia['level']) =>
    ranked && nameMedia(ranked, level, context);
  const base = await context.loaders.previousSummary(summary.id, {});
  return {
    ...{ kind, thresholds },
    ...(await periodFigures(summary, context)),
    currency: await subjectOf(summary, context).currency(),
    base: base && (await periodFigures(base, context)),
    topByConversions: await named(rankings.campaignsByConversions[0], 'campaign'),
    topByRevenue: await named(rankings.campaignsByRevenue[0], 'campaign'),
    topByCtr: await named(rankings.creativesByCtr[0], 'creative'),
    underperformers: await Promise.all(
      rankings.underperformers.map((ranked) => nameMedia(ranked, 'campaign', context)),
    ),
  };
}

async function periodFigures(
  summary: Summary,
  context: GraphContext,
): Promise<PeriodFigures & { lacksMost: boolean }> {
  const days = daysOfSummary(summary);
  const gaps = await toldGaps(summary.gaps, context);
  const { totals } = await metricsOfSummary(summary, context);
  return { totals, coverage: coverageOf(days, gaps), lacksMost: lacksMostOf(days, gaps) };
}

/** A campaign or creative as it is called now. */
export async function nameMedia(
  { id, totals }: RankedMedia,
  level: NamedMedia['level'],
  context: GraphContext,
): Promise<NamedMedia> {
  const { name } = await loadMedia({ id, level }, context);
  return { id, level, name, totals };
}

/** A campaign or creative that is named in a summary. */
export async function loadMedia(
  { id, level }: Pick<NamedMedia, 'id' | 'level'>,
  { loaders }: GraphContext,
): Promise<{ id: string; name: string; clientId: string }> {
  return found(await loaders.byId(entities[level]).load(id), level);
}

function daysOfSummary({ fromDate: from, toDate: to }: Summary) {
  return { from, to };
}
