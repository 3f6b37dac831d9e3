import fc from 'fast-check';
import { proportion } from './proportion.ts';

/** Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i is %d to %d', (numerator, denominator, low, high) => {
  const { value, ...bounds } = proportion(numerator, denominator);
  expect(value).toBe(numerator / denominator);
  expect(bounds.low).toBeCloseTo(low, 4);
  expect(bounds.high).toBeCloseTo(high, 4);
});

test('of nothing there is no share', () => {
  const none = { value: null, low: null, high: null };
  expect(proportion(0, 0)).toEqual({ ...none, numerator: 0, denominator: 0 });
});

const counted = fc
  .integer({ min: 1, max: 100_000 })
  .chain((whole) => fc.tuple(fc.integer({ min: 0, max: whole }), fc.constant(whole)));

test('the share lies within its bounds, and these within 0 and 1', () => {
  fc.assert(
    fc.property(counted, ([part, whole]) => {
      const { low, value, high } = proportion(part, whole);
      const inOrder = [0, low, value, high, 1].map(Number);
      expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
      expect(low).toBeLessThan(Number(high));
    }),
  );
});

test('what is not part of it has the mirrored bounds', () => {
  fc.assert(
    fc.property(counted, ([part, whole]) => {
      const one = proportion(part, whole);
      const other = proportion(whole - part, whole);
      expect(other.low).toBeCloseTo(1 - Number(one.high), 9);
      expect(other.high).toBeCloseTo(1 - Number(one.low), 9);
    }),
  );
});

test('more answers of the same share leave less to chance', () => {
  fc.assert(
    fc.property(counted, fc.integer({ min: 2, max: 20 }), ([part, whole], times) => {
      const width = ({ low, high }: ReturnType<typeof proportion>) => Number(high) - Number(low);
      return width(proportion(part * times, whole * times)) < width(proportion(part, whole));
    }),
  );
});
