import type { MetricTotals } from './ratios.ts';
import { showMetrics } from './show-metrics.ts';

/** Two sources, of which one (100,000 impressions, 1,500 spend) reports no clicks. */
const totals: MetricTotals = {
  sums: {
    impressions: '300000',
    clicks: '2500',
    conversions: '50',
    revenue: '9000',
    spend: '4500',
    mediaCost: '1000.5',
    margin: '499.5',
    completedViews: null,
  },
  pairs: {
    ctr: { numerator: '2500', denominator: '200000' },
    cvr: { numerator: '50', denominator: '2500' },
    roas: { numerator: '9000', denominator: '4500' },
    cpc: { numerator: '3000', denominator: '2500' },
    cpa: { numerator: '4500', denominator: '50' },
    cpm: { numerator: '4500', denominator: '300000' },
    vcr: { numerator: null, denominator: null },
    // Of the source that reports its media cost.
    marginRate: { numerator: '499.5', denominator: '1500' },
  },
};

test('sums and ratios stand side by side, and those over a part of the rows are named', () => {
  expect(showMetrics(totals, true)).toEqual({
    impressions: '300000',
    clicks: '2500',
    conversions: '50',
    revenue: '9000',
    spend: '4500',
    mediaCost: '1000.5',
    margin: '499.5',
    completedViews: null,
    ctr: '0.0125',
    cvr: '0.02',
    roas: '2',
    cpc: '1.2',
    cpa: '90',
    cpm: '15',
    vcr: null,
    marginRate: '0.333',
    partialRatios: ['ctr', 'cpc', 'marginRate'],
  });
});

test('what is internal is hidden from those who may not see it, and nothing else', () => {
  expect(showMetrics(totals, false)).toEqual({
    ...showMetrics(totals, true),
    ...{ mediaCost: null, margin: null, marginRate: null },
    partialRatios: ['ctr', 'cpc'],
  });
});
