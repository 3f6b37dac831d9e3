import type { FactColumn } from './totals.ts';

/** A fact that is stored daily, or a difference of two, and summed. */
export interface AdditiveMetric {
  kind: 'ADDITIVE';
  label: string;
  type: 'INTEGER' | 'DECIMAL';
  unit: 'COUNT' | 'CURRENCY';
  /** The fact that is summed, and the one that is taken off it; null where a row does not report both. */
  column: FactColumn;
  minus?: FactColumn;
  /** What a range without any row reads as. Null as well: a source may leave it out. */
  empty: '0' | null;
  /** Whether every row has it. */
  isAlwaysReported: boolean;
  /** Whether the viewers of a client may not see it. */
  isInternal: boolean;
  description: string;
}

/** A quotient of two sums, derived when it is read; never stored, never averaged. */
export interface RatioMetric {
  kind: 'RATIO';
  label: string;
  type: 'FLOAT' | 'DECIMAL';
  unit: 'FRACTION' | 'MULTIPLE' | 'CURRENCY';
  numerator: AdditiveKey;
  denominator: AdditiveKey;
  /** What the quotient is multiplied by. */
  scale: number;
  isInternal: boolean;
  description: string;
}

const count = { kind: 'ADDITIVE', type: 'INTEGER', unit: 'COUNT', isInternal: false } as const;
const money = { kind: 'ADDITIVE', type: 'DECIMAL', unit: 'CURRENCY', isInternal: false } as const;
const always = { empty: '0', isAlwaysReported: true } as const;
const mostly = { empty: '0', isAlwaysReported: false } as const;
const sometimes = { empty: null, isAlwaysReported: false } as const;

const facts = {
  impressions: {
    ...{ ...count, ...always, label: 'Impressions', column: 'impressions' },
    description: 'Times that an ad was shown.',
  },
  clicks: {
    ...{ ...count, ...mostly, label: 'Clicks', column: 'clicks' },
    description: 'Clicks on ads; null where no source reports them.',
  },
  conversions: {
    ...{ ...count, ...mostly, label: 'Conversions', column: 'conversions' },
    type: 'DECIMAL',
    description:
      'Exact, since platforms attribute fractions: platform-attributed, not de-duplicated.',
  },
  revenue: {
    ...{ ...money, ...mostly, label: 'Revenue', column: 'revenue' },
    description: "Conversion revenue, in the client's currency.",
  },
  spend: {
    ...{ ...money, ...always, label: 'Spend', column: 'spend' },
    description: "Impressions / 1000 x the CPM in force, in the client's currency.",
  },
  mediaCost: {
    ...{ ...money, ...sometimes, label: 'Media cost', column: 'media_cost' },
    isInternal: true,
    description: 'What the platform itself charged, where it reports it. Not for CLIENT viewers.',
  },
  margin: {
    ...{ ...money, ...sometimes, label: 'Margin', column: 'spend' },
    ...{ minus: 'media_cost', isInternal: true },
    description: 'Spend - media cost, of what reports its media cost. Not for CLIENT viewers.',
  },
  completedViews: {
    ...{ ...count, ...sometimes, label: 'Completed views', column: 'completed_views' },
    description: 'Videos played to the end.',
  },
} satisfies Record<string, AdditiveMetric>;

export type AdditiveKey = keyof typeof facts;

const quotient = { kind: 'RATIO', type: 'FLOAT', scale: 1, isInternal: false } as const;
const price = { ...quotient, type: 'DECIMAL', unit: 'CURRENCY', numerator: 'spend' } as const;
const orNull = 'Null where the denominator is zero.';
const inCurrency = `in the client's currency. ${orNull}`;

const quotients = {
  ctr: {
    ...{ ...quotient, label: 'CTR', unit: 'FRACTION' },
    ...{ numerator: 'clicks', denominator: 'impressions' },
    description: `Clicks / impressions: 0.02 is 2 %. ${orNull}`,
  },
  cvr: {
    ...{ ...quotient, label: 'CVR', unit: 'FRACTION' },
    ...{ numerator: 'conversions', denominator: 'clicks' },
    description: `Conversions / clicks: 0.02 is 2 %. ${orNull}`,
  },
  roas: {
    ...{ ...quotient, label: 'ROAS', unit: 'MULTIPLE' },
    ...{ numerator: 'revenue', denominator: 'spend' },
    description: `Revenue / spend: 4.2 is 4.2 x the spend. ${orNull}`,
  },
  cpc: {
    ...{ ...price, label: 'CPC', denominator: 'clicks' },
    description: `Spend / clicks, ${inCurrency}`,
  },
  cpa: {
    ...{ ...price, label: 'CPA', denominator: 'conversions' },
    description: `Spend / conversions, ${inCurrency}`,
  },
  cpm: {
    ...{ ...price, label: 'CPM', denominator: 'impressions', scale: 1000 },
    description: `Spend / impressions x 1000, ${inCurrency}`,
  },
  vcr: {
    ...{ ...quotient, label: 'VCR', unit: 'FRACTION' },
    ...{ numerator: 'completedViews', denominator: 'impressions' },
    description: `Completed views / impressions: 0.9 is 90 %. ${orNull}`,
  },
  marginRate: {
    ...{ ...quotient, label: 'Margin rate', unit: 'FRACTION' },
    ...{ numerator: 'margin', denominator: 'spend', isInternal: true },
    description: `Margin / spend: 0.3 is 30 %. ${orNull} Not for CLIENT viewers.`,
  },
} satisfies Record<string, RatioMetric>;

export type RatioKey = keyof typeof quotients;
export type MetricKey = AdditiveKey | RatioKey;

/** Every metric that is summed: with the ratios, the one place where a metric is named. */
export const additiveMetrics: Readonly<Record<AdditiveKey, AdditiveMetric>> = facts;
/** Every ratio of two of those. Source: docs/rules.md, formulas. */
export const ratioMetrics: Readonly<Record<RatioKey, RatioMetric>> = quotients;
/** All of them. */
export const metrics: Readonly<Record<MetricKey, AdditiveMetric | RatioMetric>> = {
  ...facts,
  ...quotients,
};

/** The facts that a metric is derived from. */
export function factsBehind(key: MetricKey): readonly FactColumn[] {
  if (isRatio(key)) {
    const { numerator, denominator } = ratioMetrics[key];
    return [...factsBehind(numerator), ...factsBehind(denominator)];
  }
  const { column, minus } = additiveMetrics[key];
  return minus ? [column, minus] : [column];
}

export const additiveKeys = Object.keys(facts) as AdditiveKey[];
export const ratioKeys = Object.keys(quotients) as RatioKey[];
export const metricKeys = Object.keys(metrics) as MetricKey[];

/** Whether a metric is a ratio. */
export function isRatio(key: MetricKey): key is RatioKey {
  return Object.hasOwn(quotients, key);
}

/** The metrics that a viewer may see. */
export function visibleMetrics(withInternal: boolean): MetricKey[] {
  return metricKeys.filter((key) => withInternal || !metrics[key].isInternal);
}
