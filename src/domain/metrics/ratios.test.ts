import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { deriveRatios, type MetricTotals, partialRatios, type Sums } from './ratios.ts';
import { type RatioKey, ratioMetrics } from './registry.ts';

const sums: Sums = {
  impressions: '200000',
  clicks: '2500',
  conversions: '62.5',
  revenue: '12600',
  spend: '3000',
  mediaCost: '2400',
  margin: '600',
  completedViews: '150000',
};

/** Totals over rows that all report what is summed; `changes` are the ratios' sides that do not. */
function totals(summed: Partial<Sums>, changes: Partial<MetricTotals['pairs']> = {}): MetricTotals {
  const all = { ...sums, ...summed };
  const pairs = {} as MetricTotals['pairs'];
  for (const key of Object.keys(ratioMetrics) as RatioKey[]) {
    const { numerator, denominator } = ratioMetrics[key];
    pairs[key] = { numerator: all[numerator], denominator: all[denominator] };
  }
  return { sums: all, pairs: { ...pairs, ...changes } };
}

test('each ratio is one division of two sums', () => {
  expect(deriveRatios(totals({}))).toEqual({
    ctr: '0.0125', // 2,500 clicks / 200,000 impressions
    cvr: '0.025', // 62.5 conversions / 2,500 clicks
    roas: '4.2', // 12,600 revenue / 3,000 spend
    cpc: '1.2', // 3,000 spend / 2,500 clicks
    cpa: '48', // 3,000 spend / 62.5 conversions
    cpm: '15', // 3,000 spend / 200,000 impressions x 1,000
    vcr: '0.75', // 150,000 completed views / 200,000 impressions
    marginRate: '0.2', // 600 of margin / 3,000 spend
  });
});

test.each([
  ['impressions', '0', ['ctr', 'cpm', 'vcr']],
  ['clicks', '0', ['cvr', 'cpc']],
  ['conversions', '0.000000000', ['cpa']],
  ['spend', '0.000000000', ['roas', 'marginRate']],
])('without %s (%s) the ratios %j are null and no other', (fact, zero, missing) => {
  const ratios = deriveRatios(totals({ [fact]: zero }));
  expect(Object.keys(ratios).filter((key) => ratios[key as RatioKey] === null)).toEqual(missing);
});

test('a ratio of nothing by something is zero', () => {
  expect(deriveRatios(totals({ clicks: '0' })).ctr).toBe('0');
});

test.each([
  [null, '100'],
  ['1', null],
  [null, null],
])('a ratio of %s by %s is null', (numerator, denominator) => {
  expect(deriveRatios(totals({}, { ctr: { numerator, denominator } })).ctr).toBeNull();
});

test('amounts too long for floating point are divided exactly, without an exponent', () => {
  const large = {
    spend: '90071992547409930.000000001',
    conversions: '1',
    clicks: '10000000000000',
  };
  expect(deriveRatios(totals(large)).cpa).toBe('90071992547409930.000000001');
  const small = { spend: '0.000000001', clicks: '1000' };
  expect(deriveRatios(totals(small)).cpc).toBe('0.000000000001');
});

test.each([
  // Rounded where the thirteenth decimal says so, half away from zero.
  ['2', '3', '0.666666666667'],
  ['1', '2000000000000', '0.000000000001'],
  ['-1', '2000000000000', '-0.000000000001'],
])('%s / %s is %s', (margin, spend, marginRate) => {
  expect(deriveRatios(totals({ margin, spend })).marginRate).toBe(marginRate);
});

test('the CTR of totals lies between the lowest and the highest of the parts', () => {
  const part = fc.record({ impressions: fc.integer({ min: 1, max: 1e9 }), clicks: fc.nat(1e9) });
  const ctrOf = (clicks: number, impressions: number) =>
    new Decimal(
      deriveRatios(totals({ clicks: `${clicks}`, impressions: `${impressions}` })).ctr ?? NaN,
    );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
      const clicks = parts.reduce((sum, each) => sum + each.clicks, 0);
      const impressions = parts.reduce((sum, each) => sum + each.impressions, 0);
      const ctrs = parts.map((each) => ctrOf(each.clicks, each.impressions));
      const whole = ctrOf(clicks, impressions);
      expect(whole.gte(Decimal.min(...ctrs)) && whole.lte(Decimal.max(...ctrs))).toBe(true);
    }),
  );
});

test('ratios over all rows are not partial, however their sums are padded', () => {
  const padded = { numerator: '12600.000000000', denominator: '3000.0' };
  expect(partialRatios(totals({}, { roas: padded }))).toEqual([]);
});

test.each([
  ['2000', '200000', '0.01'],
  ['2500', '125000', '0.02'],
])('%s clicks / %s impressions of rows that report both is partial', (clicks, impressions, ctr) => {
  const sides = { numerator: clicks, denominator: impressions };
  const partial = totals({}, { ctr: sides });
  expect(partialRatios(partial)).toEqual(['ctr']);
  expect(deriveRatios(partial).ctr).toBe(ctr);
});

test('facts that no row reports leave ratios undefined', () => {
  const nothing: Sums = { ...sums };
  for (const key of Object.keys(sums)) nothing[key as keyof Sums] = null;
  expect(new Set(Object.values(deriveRatios(totals(nothing))))).toEqual(new Set([null]));
  expect(partialRatios(totals(nothing))).toEqual([]);
});
