import fc from 'fast-check';
import { deriveMetric, partialRatios } from './derive-metric.ts';
import { metricKeys, type RatioKey, ratioKeys } from './registry.ts';
import type { FactSums } from './totals.ts';

const all: FactSums = {
  impressions: '200000',
  clicks: '2500',
  conversions: '62.500000000',
  revenue: '12600.000000000',
  spend: '3000.000000000',
  media_cost: '2400.000000000',
  completed_views: '150000',
};
const ratiosOf = (...totals: FactSums[]) =>
  Object.fromEntries(ratioKeys.map((key) => [key, deriveMetric(totals, key)]));

test('each ratio is one division of two sums', () => {
  expect(ratiosOf(all)).toEqual({
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

test('sums are plain decimals; margin is what is left of the spend', () => {
  expect(metricKeys.slice(0, 8).map((key) => deriveMetric([all], key))).toEqual([
    ...['200000', '2500', '62.5', '12600', '3000', '2400', '600', '150000'],
  ]);
});

test.each([
  ['impressions', '0', ['ctr', 'cpm', 'vcr']],
  ['clicks', '0', ['cvr', 'cpc']],
  ['conversions', '0.000000000', ['cpa']],
  ['spend', '0.000000000', ['roas', 'marginRate']],
])('without %s (%s) the ratios %j are null and no other', (fact, zero, missing) => {
  const ratios = ratiosOf({ ...all, [fact]: zero });
  expect(ratioKeys.filter((key) => ratios[key] === null)).toEqual(missing);
});

test('a ratio of nothing by something is zero', () => {
  expect(deriveMetric([{ ...all, clicks: '0' }], 'ctr')).toBe('0');
});

test('amounts too long for floating point are divided exactly, without an exponent', () => {
  const large = { ...all, spend: '90071992547409930.000000001', conversions: '1' };
  expect(deriveMetric([large], 'cpa')).toBe('90071992547409930.000000001');
  expect(deriveMetric([{ ...all, spend: '0.000000001', clicks: '1000' }], 'cpc')).toBe(
    '0.000000000001',
  );
});

test.each([
  // Rounded where the thirteenth decimal says so, half away from zero.
  ['2', '3', '0.333333333333'],
  ['1', '3', '0.666666666667'],
  ['3000000000001', '3000000000000', '0'],
  ['2000000000001', '2000000000000', '-0.000000000001'],
])('with a media cost of %s and a spend of %s the margin rate is %s', (cost, spend, rate) => {
  expect(deriveMetric([{ ...all, media_cost: cost, spend }], 'marginRate')).toBe(rate);
});

test('the CTR of totals lies between the lowest and the highest of the parts', () => {
  const part = fc.record({ impressions: fc.integer({ min: 1, max: 1e9 }), clicks: fc.nat(1e9) });
  const ctrOf = (clicks: number, impressions: number) =>
    Number(deriveMetric([{ ...all, clicks: `${clicks}`, impressions: `${impressions}` }], 'ctr'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
      const clicks = parts.reduce((sum, each) => sum + each.clicks, 0);
      const impressions = parts.reduce((sum, each) => sum + each.impressions, 0);
      const ctrs = parts.map((each) => ctrOf(each.clicks, each.impressions));
      const whole = ctrOf(clicks, impressions);
      expect(whole >= Math.min(...ctrs) && whole <= Math.max(...ctrs)).toBe(true);
    }),
  );
});

describe('rows that report different facts', () => {
  /** Television: no clicks and no media cost, but completed views. */
  const television = {
    ...{ impressions: '100000', clicks: null, conversions: '37.5', revenue: '900.5' },
    ...{ spend: '1500', media_cost: null, completed_views: '90000' },
  };

  test('are added up, each fact over those that report it', () => {
    const sum = (key: (typeof metricKeys)[number]) => deriveMetric([all, television], key);
    expect([sum('impressions'), sum('clicks'), sum('conversions')]).toEqual([
      '300000',
      '2500',
      '100',
    ]);
    expect([sum('revenue'), sum('spend'), sum('mediaCost')]).toEqual(['13500.5', '4500', '2400']);
    // Of what reports its media cost alone: 3,000 - 2,400.
    expect(sum('margin')).toBe('600');
  });

  test('give ratios over those that report both sides, and these are named', () => {
    expect(ratiosOf(all, television)).toEqual({
      ctr: '0.0125', // 2,500 clicks / 200,000 impressions that have clicks
      cvr: '0.025', // 62.5 conversions / 2,500 clicks
      roas: '3.000111111111', // 13,500.5 / 4,500
      cpc: '1.2', // 3,000 / 2,500
      cpa: '45', // 4,500 / 100
      cpm: '15', // 4,500 / 300,000 x 1,000
      vcr: '0.8', // 240,000 / 300,000
      marginRate: '0.2', // 600 / 3,000
    });
    expect(partialRatios([all, television])).toEqual(['ctr', 'cvr', 'cpc', 'marginRate']);
  });

  test('leave out what none of them reports, and say nothing of it', () => {
    const ratios = ratiosOf(television);
    const undefinedOnes: RatioKey[] = ['ctr', 'cvr', 'cpc', 'marginRate'];
    expect(ratioKeys.filter((key) => ratios[key] === null)).toEqual(undefinedOnes);
    expect(deriveMetric([television], 'clicks')).toBeNull();
    expect(partialRatios([television])).toEqual([]);
    expect(partialRatios([all, all])).toEqual([]);
  });
});

test('without any row a sum is zero where every source reports it, and a ratio is null', () => {
  expect(metricKeys.map((key) => deriveMetric([], key))).toEqual([
    ...['0', '0', '0', '0', '0', null, null, null],
    ...ratioKeys.map(() => null),
  ]);
});
