import type { Coverage } from '../metrics/build-series.ts';
import { compareMetrics } from '../metrics/compare-metrics.ts';
import { partialRatios } from '../metrics/derive-metric.ts';
import { type MetricKey, metrics } from '../metrics/registry.ts';
import type { Totals } from '../metrics/totals.ts';
import {
  type FactWriter,
  factWriter,
  type NamedMedia,
  type Part,
  type Sentence,
  type SentenceFact,
  sentence,
} from './sentence.ts';
import type { SummaryKind, SummaryThresholds } from './summary-settings.ts';

/** The figures of a week or month, or of the one before. */
export interface PeriodFigures {
  /** Null where there are no data. */
  totals: Totals | null;
  coverage: Coverage;
}

/** All that a written summary is made of. */
export interface SummaryFigures extends PeriodFigures {
  kind: SummaryKind;
  currency: string;
  /** The period before; null where it has no summary. */
  base: (PeriodFigures & { lacksMost: boolean }) | null;
  topByConversions: NamedMedia | undefined;
  topByRevenue: NamedMedia | undefined;
  topByCtr: NamedMedia | undefined;
  underperformers: readonly NamedMedia[];
  thresholds: SummaryThresholds;
}

const nouns: Record<SummaryKind, string> = { WEEKLY: 'week', MONTHLY: 'month' };

/** What changes are told of, and what each is called. */
const told = [
  ['spend', 'Spend'],
  ['conversions', 'Conversions'],
  ['revenue', 'Revenue'],
  ['roas', 'ROAS'],
] as const satisfies [MetricKey, string][];

/**
 * Say in plain sentences what the figures are: what is missing, what was delivered, how it went from the period
 * before, what stands out. What is undefined is not said.
 */
export function writeSentences(figures: SummaryFigures): Sentence[] {
  const { totals, coverage, kind, base } = figures;
  const noun = nouns[kind];
  if (!totals) {
    return [sentence('COVERAGE', `There are no data of this ${noun}.`, because(coverage))];
  }
  const facts = factWriter(figures.currency);
  const sentences: (Sentence | null)[] = [
    coverage.status === 'PARTIAL'
      ? sentence('COVERAGE', `The data of this ${noun} are incomplete.`, because(coverage))
      : null,
    delivered(facts, totals),
    ...told.map(([metric, label]) => changed(facts, figures, metric, label)),
    overPart(totals),
    comparedWith(base, noun),
    topCampaign(facts, totals, figures.topByConversions, 'conversions'),
    topCampaign(facts, totals, figures.topByRevenue, 'revenue'),
    topCreative(facts, figures.topByCtr),
    ...figures.underperformers.map((media) =>
      explainUnderperformer(media, figures.currency, figures.thresholds),
    ),
  ];
  return sentences.filter((each) => each !== null);
}

/** Why a campaign is an underperformer: its figures, each beside its threshold. */
export function explainUnderperformer(
  media: NamedMedia,
  currency: string,
  thresholds: SummaryThresholds,
): Sentence {
  const facts = factWriter(currency);
  type Limited = 'ctr' | 'spend' | 'conversions';
  const limit = (metric: Limited) => facts.given('THRESHOLD', metric, thresholds[metric]);
  const figure = (metric: Limited) =>
    facts.apartFrom(limit(metric), facts.of(media.totals, metric, media)) ?? '';
  return sentence(
    'UNDERPERFORMER',
    ...[`"${media.name}" underperforms: its CTR of `, figure('ctr'), ' is under ', limit('ctr')],
    ...[', its spend of ', figure('spend'), ' over ', limit('spend')],
    ...[', and its conversions (', figure('conversions'), ') fewer than ', limit('conversions')],
    '.',
  );
}

function delivered(facts: FactWriter, totals: Totals): Sentence | null {
  const impressions = facts.of(totals, 'impressions');
  if (!impressions) return null;
  const clicks = facts.of(totals, 'clicks');
  const ctr = facts.of(totals, 'ctr');
  const conversions = facts.of(totals, 'conversions');
  const brought: Part[][] = [
    clicks ? [clicks, ' clicks', ...(ctr ? [' (CTR ', ctr, ')'] : [])] : [],
    conversions ? [conversions, ' conversions'] : [],
  ].filter((parts) => parts.length > 0);
  const [first, second] = brought;
  return sentence(
    'DELIVERY',
    ...[impressions, ' impressions were delivered', ...(first ? [' and brought ', ...first] : [])],
    ...(second ? [' and ', ...second] : []),
    '.',
  );
}

function changed(
  facts: FactWriter,
  { totals, base, kind }: SummaryFigures,
  metric: MetricKey,
  label: string,
): Sentence | null {
  const value = totals && facts.of(totals, metric);
  if (!value) return null;
  const verb = label === 'Conversions' ? 'were' : 'was';
  const begin: Part[] = [`${label} ${verb} `, value];
  const before = `the ${nouns[kind]} before`;
  const [change] = compareMetrics(totals, base?.totals ?? null, [metric], base?.lacksMost);
  if (!change || change.base === null) return sentence('CHANGE', ...begin, '.');
  const past = facts.given('BASE', metric, change.base);
  if (change.relative === null) {
    return sentence('CHANGE', ...begin, `; ${before} `, past, '.');
  }
  const relative = facts.change(metric, change.relative);
  return sentence('CHANGE', ...begin, ', ', ...direction(relative, before), ' (', past, ').');
}

/** Which of the ratios that are told cannot be worked out from the sums beside them. */
function overPart(totals: Totals): Sentence | null {
  const labels = partialRatios(totals)
    .filter((key) => key === 'ctr' || key === 'roas')
    .map((key) => metrics[key].label);
  if (labels.length === 0) return null;
  const verb = labels.length === 1 ? 'is' : 'are';
  return sentence(
    'COVERAGE',
    `${labels.join(' and ')} ${verb} over the rows that report both sides, since a source does not report one of them.`,
  );
}

function direction(relative: SentenceFact, before: string): Part[] {
  if (relative.value === '0') return [`as much as ${before}`];
  const isLess = relative.value.startsWith('-');
  return [relative, ` ${isLess ? 'less' : 'more'} than ${before}`];
}

function comparedWith(base: SummaryFigures['base'], noun: string): Sentence | null {
  if (!base?.totals) {
    return sentence('COVERAGE', `There are no data of the ${noun} before to compare with.`);
  }
  if (base.coverage.status !== 'PARTIAL') return null;
  const isIncomplete = `The data of the ${noun} before are incomplete.`;
  return sentence('COVERAGE', isIncomplete, because(base.coverage));
}

function topCampaign(
  facts: FactWriter,
  totals: Totals,
  media: NamedMedia | undefined,
  metric: 'conversions' | 'revenue',
): Sentence | null {
  const own = media && facts.of(media.totals, metric, media);
  const all = facts.of(totals, metric);
  if (!own || !all) return null;
  const begin = `The campaign "${media.name}" brought the most ${metric}: `;
  return sentence('TOP_CAMPAIGN', begin, own, ' of ', all, '.');
}

function topCreative(facts: FactWriter, media: NamedMedia | undefined): Sentence | null {
  const ctr = media && facts.of(media.totals, 'ctr', media);
  const impressions = media && facts.of(media.totals, 'impressions', media);
  if (!ctr || !impressions) return null;
  const begin = `The creative "${media.name}" had the highest CTR: `;
  return sentence('TOP_CREATIVE', begin, ctr, ' of ', impressions, ' impressions.');
}

/** What is missing, as a sentence of its own; it names days and feeds, and no figures of metrics. */
function because({ reason }: Coverage): string {
  if (!reason) return '';
  return ` ${reason.endsWith('.') ? reason : `${reason}.`}`;
}
