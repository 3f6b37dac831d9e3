import fc from 'fast-check';
import { addDays, countDays, dayOfWeek } from '../calendar.ts';
import { endedPeriods, periodAt } from './summary-period.ts';

test.each([
  ['MONTHLY', '2024-02-29', 1, '2024-02-01', '2024-02-29'],
  ['MONTHLY', '2100-02-10', 1, '2100-02-01', '2100-02-28'],
  ['MONTHLY', '2026-12-31', 1, '2026-12-01', '2026-12-31'],
  // The clock goes forward and back in it; it has seven days all the same.
  ['WEEKLY', '2026-03-29', 1, '2026-03-23', '2026-03-29'],
  ['WEEKLY', '2026-11-01', 0, '2026-11-01', '2026-11-07'],
  ['WEEKLY', '2024-02-29', 0, '2024-02-25', '2024-03-02'],
] as const)('%s of %s, weeks from %s on, is %s to %s', (kind, day, weekStartsOn, from, to) => {
  expect(periodAt(kind, day, weekStartsOn)).toEqual({ kind, from, to });
});

test('periods that are over cover all days before today, once each, and none that is not over', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
  const length = fc.integer({ min: 0, max: 200 });
  fc.assert(
    fc.property(day, length, fc.constantFrom(0, 1), (from, days, weekStartsOn) => {
      const today = addDays(from, days);
      const calendar = { today, weekStartsOn };
      for (const kind of ['WEEKLY', 'MONTHLY'] as const) {
        const periods = endedPeriods([kind], { from, to: today }, calendar);
        const [first, last] = [periods.at(0), periods.at(-1)];
        for (const [index, { from: begin, to }] of periods.entries()) {
          expect(to < today).toBe(true);
          if (kind === 'WEEKLY') {
            expect(countDays({ from: begin, to })).toBe(7);
            expect(dayOfWeek(begin) % 7).toBe(weekStartsOn);
          }
          const next = periods[index + 1];
          if (next) expect(next.from).toBe(addDays(to, 1));
        }
        if (first && last) {
          expect(first.from <= from && from <= first.to).toBe(true);
          // The next one is not over.
          expect(periodAt(kind, addDays(last.to, 1), weekStartsOn).to >= today).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});
