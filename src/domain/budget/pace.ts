import { Decimal } from 'decimal.js';
import { addDays, countDays, type DateRange, type LocalDate } from '../calendar.ts';
import { ratioDecimals } from '../metrics/derive-metric.ts';
import type { Budget } from './budget.entity.ts';

/** How a budget stands. */
export const paceStatuses = ['NOT_STARTED', 'ON_PACE', 'UNDER', 'OVER', 'ENDED'] as const;
export type PaceStatus = (typeof paceStatuses)[number];

/** So far from what is expected a budget is still on pace. */
const tolerance = 0.1;

/** What was spent of a budget up to a day, and what was to be. Amounts are exact decimals. */
export interface Pace {
  /** The last day that counts: yesterday, since today is not over. */
  asOf: LocalDate;
  status: PaceStatus;
  flightDays: number;
  flightDaysElapsed: number;
  spent: string;
  /** The amount x flight days elapsed / all of them. */
  expected: string;
  /** The amount - what was spent; below zero where that was more. */
  remaining: string;
  /** Spent / expected; null before the first flight. */
  paceRatio: string | null;
  /** What will have been spent by its end, at the speed so far; null before the first flight. */
  projectedSpend: string | null;
  /** The flight day on which the amount is used up at that speed; null where it never is. */
  exhaustedOn: LocalDate | null;
}

type Planned = Pick<Budget, 'amount' | 'fromDate' | 'toDate' | 'flights'>;

/**
 * How a budget stands: by the days on which ads are to run, each of which is to spend as much as the others.
 *
 * @param spent of all its days up to `asOf`, be they of a flight or not. Source: docs/budgets.md.
 */
export function paceOf(budget: Planned, spent: string, asOf: LocalDate): Pace {
  const flights = flightsOf(budget);
  const flightDays = sumDays(flights);
  const flightDaysElapsed = sumDays(until(flights, asOf));
  const amount = new Exact(budget.amount);
  const expected = amount.times(flightDaysElapsed).div(flightDays);
  const hasBegun = flightDaysElapsed > 0;
  const ratio = hasBegun ? new Exact(spent).div(expected) : null;
  const text = (value: Decimal) => value.toDecimalPlaces(ratioDecimals).toFixed();
  return {
    ...{ asOf, flightDays, flightDaysElapsed, spent },
    status: statusOf(ratio, flightDaysElapsed === flightDays),
    expected: text(expected),
    remaining: text(amount.minus(spent)),
    paceRatio: ratio && text(ratio),
    projectedSpend: hasBegun
      ? text(new Exact(spent).times(flightDays).div(flightDaysElapsed))
      : null,
    exhaustedOn: ratio && exhaustedOn(flights, amount, spent, flightDaysElapsed),
  };
}

const Exact = Decimal.clone({ precision: 60 });

/** The days of a budget on which ads are to run. */
function flightsOf({ flights, fromDate: from, toDate: to }: Planned): DateRange[] {
  return flights.length > 0 ? flights : [{ from, to }];
}

function until(flights: readonly DateRange[], day: LocalDate): DateRange[] {
  return flights
    .filter(({ from }) => from <= day)
    .map(({ from, to }) => ({ from, to: to < day ? to : day }));
}

function sumDays(ranges: readonly DateRange[]): number {
  return ranges.reduce((sum, range) => sum + countDays(range), 0);
}

function statusOf(ratio: Decimal | null, isOver: boolean): PaceStatus {
  if (!ratio) return 'NOT_STARTED';
  if (isOver) return 'ENDED';
  if (ratio.gt(1 + tolerance)) return 'OVER';
  return ratio.lt(1 - tolerance) ? 'UNDER' : 'ON_PACE';
}

/** The flight day by which the amount is used up at so much a flight day. */
function exhaustedOn(
  flights: readonly DateRange[],
  amount: Decimal,
  spent: string,
  elapsed: number,
): LocalDate | null {
  if (new Exact(spent).isZero()) return null;
  let left = amount.times(elapsed).div(spent).ceil();
  for (const flight of flights) {
    const days = countDays(flight);
    if (left.lte(days)) return addDays(flight.from, left.toNumber() - 1);
    left = left.minus(days);
  }
  return null;
}
