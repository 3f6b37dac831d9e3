/** What summaries are of: whole weeks or whole months of a client. */
export const summaryKinds = ['WEEKLY', 'MONTHLY'] as const;
export type SummaryKind = (typeof summaryKinds)[number];

/** Which summaries are made, and at which time of day, `HH:mm`, once their period is over. */
export interface SummaryTimes {
  time: string;
  kinds: SummaryKind[];
}

/** Source: seed 001, 6.3, an hour after which most feeds have been loaded. */
export const usualTimes: SummaryTimes = { time: '07:00', kinds: [...summaryKinds] };

/** What counts as doing badly, and how much is enough to be compared. Decimals as text. */
export interface SummaryThresholds {
  /** An underperformer has a lower CTR, as a fraction, */
  ctr: string;
  /** and a higher spend, in the client's currency, */
  spend: string;
  /** and fewer conversions. */
  conversions: string;
  /** A top creative has at least so many impressions: or a lucky click would win. */
  impressions: number;
}

/** Source: seed 001, 5.14. */
export const usualThresholds: SummaryThresholds = {
  ctr: '0.005',
  spend: '100',
  conversions: '5',
  impressions: 1000,
};
