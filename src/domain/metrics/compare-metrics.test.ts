import { comparedRange, compareMetrics } from './compare-metrics.ts';
import type { FactSums } from './totals.ts';

const sums = (spend: string, cost: string): FactSums => ({
  ...{ impressions: '1000', clicks: '10', conversions: '0', revenue: '0', spend },
  ...{ media_cost: cost, completed_views: null },
});

test('a change from a base below zero is positive where things got better', () => {
  // A margin of 5 after one of -10.
  const [margin] = compareMetrics([sums('20', '15')], [sums('20', '30')], ['margin']);
  expect(margin).toMatchObject({ value: '5', base: '-10', absolute: '15', relative: '1.5' });
});

test.each([
  [{}, 'one of them'],
  [{ period: 'PREVIOUS_YEAR', range: { from: '2026-01-01', to: '2026-01-02' } }, 'one of them'],
] as const)('a comparison with %j is refused', (comparison, message) => {
  const range = { from: '2026-03-01', to: '2026-03-02' };
  const calendar = { today: '2026-03-03', weekStartsOn: 1 };
  expect(() => comparedRange(comparison, range, null, calendar)).toThrow(message);
});
