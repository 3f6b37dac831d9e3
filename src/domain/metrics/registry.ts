/** A fact that is stored daily and summed. */
export interface AdditiveMetric {
  kind: 'ADDITIVE';
  label: string;
  type: 'INTEGER' | 'DECIMAL';
  unit: 'COUNT' | 'CURRENCY';
  /** Column of `daily_metrics`. */
  column: string;
  /** What a range without any row reads as. */
  empty: '0' | null;
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

const facts = {
  impressions: count('Impressions', 'impressions', '0', 'Times that an ad was shown.'),
  clicks: count('Clicks', 'clicks', '0', 'Clicks on ads; null where no source reports them.'),
  conversions: {
    ...amount(
      'Conversions',
      'conversions',
      '0',
      'Exact, since platforms attribute fractions: platform-attributed, not de-duplicated.',
    ),
    unit: 'COUNT' as const,
  },
  revenue: amount('Revenue', 'revenue', '0', "Conversion revenue, in the client's currency."),
  spend: amount(
    'Spend',
    'spend',
    '0',
    "Impressions / 1000 x the CPM in force, in the client's currency.",
  ),
  mediaCost: {
    ...amount(
      'Media cost',
      'media_cost',
      null,
      'What the platform itself charged, where it reports it.',
    ),
    isInternal: true,
  },
  completedViews: count('Completed views', 'completed_views', null, 'Videos played to the end.'),
};

export type AdditiveKey = keyof typeof facts;

const quotients = {
  ctr: fraction('CTR', 'FRACTION', 'clicks', 'impressions', 'Clicks / impressions: 0.02 is 2 %.'),
  cvr: fraction('CVR', 'FRACTION', 'conversions', 'clicks', 'Conversions / clicks: 0.02 is 2 %.'),
  roas: fraction(
    'ROAS',
    'MULTIPLE',
    'revenue',
    'spend',
    'Revenue / spend: 4.2 is 4.2 x the spend.',
  ),
  cpc: price('CPC', 'clicks', 1, 'Spend / clicks'),
  cpa: price('CPA', 'conversions', 1, 'Spend / conversions'),
  cpm: price('CPM', 'impressions', 1000, 'Spend / impressions x 1000'),
};

export type RatioKey = keyof typeof quotients;
export type MetricKey = AdditiveKey | RatioKey;

/** Every metric that is summed: with the ratios, the one place where a metric is named. */
export const additiveMetrics: Readonly<Record<AdditiveKey, AdditiveMetric>> = facts;
/** Every ratio of two of those. Source: docs/rules.md, formulas. */
export const ratioMetrics: Readonly<Record<RatioKey, RatioMetric>> = quotients;

function count(
  label: string,
  column: string,
  empty: '0' | null,
  description: string,
): AdditiveMetric {
  const nature = { kind: 'ADDITIVE', type: 'INTEGER', unit: 'COUNT', isInternal: false } as const;
  return { ...nature, label, column, empty, description };
}

function amount(
  label: string,
  column: string,
  empty: '0' | null,
  description: string,
): AdditiveMetric {
  const nature = {
    kind: 'ADDITIVE',
    type: 'DECIMAL',
    unit: 'CURRENCY',
    isInternal: false,
  } as const;
  return { ...nature, label, column, empty, description };
}

function fraction(
  label: string,
  unit: 'FRACTION' | 'MULTIPLE',
  numerator: AdditiveKey,
  denominator: AdditiveKey,
  formula: string,
): RatioMetric {
  const nature = { kind: 'RATIO', type: 'FLOAT', scale: 1, isInternal: false } as const;
  const description = `${formula} Null where the denominator is zero.`;
  return { ...nature, label, unit, numerator, denominator, description };
}

function price(
  label: string,
  denominator: AdditiveKey,
  scale: number,
  formula: string,
): RatioMetric {
  const nature = { kind: 'RATIO', type: 'DECIMAL', unit: 'CURRENCY', isInternal: false } as const;
  const description = `${formula}, in the client's currency. Null where the denominator is zero.`;
  return { ...nature, label, numerator: 'spend', denominator, scale, description };
}
