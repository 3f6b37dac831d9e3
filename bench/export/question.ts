import { countDays, type DateRange } from '../../src/domain/calendar.ts';
import { clientNames, dayAt, type Shape } from '../graph/shape.ts';

/** What is exported of each creative and day. */
export const facts = ['impressions', 'clicks', 'conversions', 'revenue', 'spend'];

/** 15,000 creatives: 67 days of them are a million rows. */
export const full = { shape: shapeOf(40), days: rangeOf(67) };
/** 3,000 creatives: 100,000 rows. */
export const small = { shape: shapeOf(8), days: rangeOf(34) };

export function rowsOf({ shape, days }: { shape: Shape; days: DateRange }): number {
  const creatives = Object.values(shape).reduce((product, each) => product * each, 1);
  return creatives * clientNames.length * countDays(days);
}

function shapeOf(campaigns: number): Shape {
  return { campaigns, strategies: 5, placements: 5, creatives: 5 };
}

function rangeOf(days: number): DateRange {
  return { from: dayAt(0), to: dayAt(days - 1) };
}
