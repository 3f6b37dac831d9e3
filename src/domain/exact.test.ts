import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { divide, toBillionths, toDecimal } from './exact.ts';

const Precise = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP });
const billionths = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });

test.each([
  ['0', 0n],
  ['12', 12_000_000_000n],
  ['-1.5', -1_500_000_000n],
  ['0.000000001', 1n],
  ['1.500000000', 1_500_000_000n],
])('%s is %s billionths', (decimal, expected) => {
  expect(toBillionths(decimal)).toBe(expected);
});

test('billionths and back give the same plain decimal', () => {
  fc.assert(
    fc.property(billionths, (units) => {
      const decimal = toDecimal(units);
      expect(decimal).toBe(new Precise(String(units)).div(1e9).toFixed());
      expect(toBillionths(decimal)).toBe(units);
    }),
  );
});

test('quotients are rounded half away from zero', () => {
  expect(toDecimal(divide(1n, 2_000_000_000_000n, 12), 12)).toBe('0.000000000001');
  expect(toDecimal(divide(-1n, 2_000_000_000_000n, 12), 12)).toBe('-0.000000000001');
  fc.assert(
    fc.property(billionths, billionths.filter(Boolean), (dividend, divisor) => {
      const expected = new Precise(String(dividend)).div(String(divisor)).toDecimalPlaces(12);
      expect(toDecimal(divide(dividend, divisor, 12), 12)).toBe(
        expected.toFixed().replace(/^-0$/, '0'),
      );
    }),
  );
});
