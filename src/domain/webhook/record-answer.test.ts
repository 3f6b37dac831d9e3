import { waitAfter } from './record-answer.ts';

const waits = (chance: number) =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => waitAfter({ attempts, event: 'ALERT_BEGAN' }, chance));

test('waits grow to 27 and a half hours together, differ by a tenth, and then it is given up', () => {
  const [second, minute, hour] = [1_000, 60_000, 3_600_000];
  const usual = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
  expect(waits(0.5)).toEqual([...usual, null]);
  expect(waits(0)).toEqual([...usual.map((each) => Math.round(each * 0.9)), null]);
  expect(waits(1)).toEqual([...usual.map((each) => Math.round(each * 1.1)), null]);
});

test('a test is tried once', () => {
  expect(waitAfter({ attempts: 1, event: 'TEST' })).toBeNull();
});
