import fc from 'fast-check';
import { proportion } from './proportion.ts';
import { changeOf } from './proportion-change.ts';

type Counted = [numerator: number, denominator: number];

/** Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10. */
test.each<[Counted, Counted, number, number, number]>([
  [[48, 80], [56, 70], 0.2, 0.0524, 0.3339],
  [[3, 10], [9, 10], 0.6, 0.1705, 0.809],
  [[2, 7], [6, 7], 0.5714, 0.0582, 0.8062],
  [[0, 29], [5, 56], 0.0893, -0.0381, 0.1926],
  [[0, 20], [0, 10], 0, -0.1611, 0.2775],
  [[0, 10], [10, 10], 1, 0.6075, 1],
])('from %p to %p', (before, after, value, low, high) => {
  const change = changeOf(proportion(...before), proportion(...after));
  expect(change.value).toBeCloseTo(value, 4);
  expect(change.low).toBeCloseTo(low, 4);
  expect(change.high).toBeCloseTo(high, 4);
  expect(change.isBeyondChance).toBe(low > 0);
});

test('there is no change from or to nothing', () => {
  const [none, some] = [proportion(0, 0), proportion(1, 2)];
  const nothing = { value: null, low: null, high: null, isBeyondChance: null };
  expect(changeOf(none, some)).toEqual({ before: none, after: some, ...nothing });
  expect(changeOf(some, none)).toMatchObject(nothing);
});

const counted = fc
  .integer({ min: 1, max: 1_000 })
  .chain((whole) => fc.tuple(fc.integer({ min: 0, max: whole }), fc.constant(whole)));

test('the way back is the same change the other way', () => {
  fc.assert(
    fc.property(counted, counted, (one, other) => {
      const there = changeOf(proportion(...one), proportion(...other));
      const back = changeOf(proportion(...other), proportion(...one));
      expect(back.low).toBeCloseTo(-Number(there.high), 9);
      expect(back.isBeyondChance).toBe(there.isBeyondChance);
      expect(Number(there.low)).toBeLessThanOrEqual(Number(there.value));
    }),
  );
});
