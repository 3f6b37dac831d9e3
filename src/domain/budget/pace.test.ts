import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { addDays } from '../calendar.ts';
import { paceOf, paceStatuses } from './pace.ts';

const april = { amount: '3000', fromDate: '2026-04-01', toDate: '2026-04-30', flights: [] };
/** Ten days and five, with two weeks between. */
const inFlights = {
  ...april,
  flights: [
    { from: '2026-04-01', to: '2026-04-10' },
    { from: '2026-04-25', to: '2026-04-29' },
  ],
};

test.each([
  // 100 a day are expected.
  [april, '0', '2026-03-31', 'NOT_STARTED', '0', null, null, null],
  [april, '1000', '2026-04-10', 'ON_PACE', '1000', '1', '3000', '2026-04-30'],
  [april, '1100', '2026-04-10', 'ON_PACE', '1000', '1.1', '3300', '2026-04-28'],
  [april, '1101', '2026-04-10', 'OVER', '1000', '1.101', '3303', '2026-04-28'],
  [april, '899.99', '2026-04-10', 'UNDER', '1000', '0.89999', '2699.97', null],
  [april, '0', '2026-04-10', 'UNDER', '1000', '0', '0', null],
  [april, '2990', '2026-04-30', 'ENDED', '3000', '0.996666666667', '2990', null],
  // 200 a flight day are; between the flights nothing is.
  [inFlights, '2000', '2026-04-20', 'ON_PACE', '2000', '1', '3000', '2026-04-29'],
  [
    inFlights,
    '2600',
    '2026-04-25',
    'OVER',
    '2200',
    '1.181818181818',
    '3545.454545454545',
    '2026-04-27',
  ],
  [inFlights, '2990', '2026-04-29', 'ENDED', '3000', '0.996666666667', '2990', null],
  [inFlights, '3600', '2026-04-10', 'OVER', '2000', '1.8', '5400', '2026-04-09'],
] as const)(
  '%j with %s spent by %s is %s',
  (budget, spent, asOf, status, expected, paceRatio, projectedSpend, exhaustedOn) => {
    expect(paceOf({ ...budget, flights: [...budget.flights] }, spent, asOf)).toMatchObject({
      ...{ status, expected, paceRatio, projectedSpend, exhaustedOn, spent },
    });
  },
);

test('what is spent and what remains are the amount; expectations grow to it; what is spent evenly is on pace', () => {
  const cents = fc.integer({ min: 1, max: 1e9 }).map((units) => new Decimal(units).div(100));
  const length = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(cents, cents, length, length, (amount, spent, days, passed) => {
      const fromDate = '2023-12-15';
      const toDate = addDays(fromDate, days - 1);
      const budget = { amount: amount.toFixed(), fromDate, toDate, flights: [] };
      const asOf = addDays(fromDate, passed - 1);
      const pace = paceOf(budget, spent.toFixed(), asOf);
      expect(paceStatuses).toContain(pace.status);
      expect(new Decimal(pace.spent).plus(pace.remaining).eq(amount)).toBe(true);
      const before = paceOf(budget, spent.toFixed(), addDays(asOf, -1));
      expect(new Decimal(pace.expected).gte(before.expected)).toBe(true);
      expect(passed < days || pace.expected === amount.toFixed()).toBe(true);
      const even = paceOf(budget, pace.expected, asOf);
      expect(even.status).toBe(passed < days ? 'ON_PACE' : 'ENDED');
      expect(new Decimal(even.projectedSpend ?? 0).minus(amount).abs().lt(1e-6)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
