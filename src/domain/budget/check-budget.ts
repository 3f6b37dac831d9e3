import { Decimal } from 'decimal.js';
import { checkRange, type DateRange } from '../calendar.ts';
import { badInput } from '../errors.ts';

const mostFlights = 50;

/** @returns the amount as a plain decimal. @throws {DomainError} BAD_USER_INPUT. */
export function checkAmount(text: string): string {
  const amount = new Decimal(text);
  if (amount.lte(0) || amount.gt(1e12) || amount.decimalPlaces() > 6) {
    throw badInput('An amount is over 0, at most a trillion, with at most 6 decimals.', 'amount');
  }
  return amount.toFixed();
}

/**
 * @returns the flights of a budget in order, those that follow each other at once as they are.
 * @throws {DomainError} BAD_USER_INPUT for days that are no range or no part of the budget's, and for days twice.
 */
export function checkFlights(flights: readonly DateRange[], budget: DateRange): DateRange[] {
  if (flights.length > mostFlights) {
    throw badInput(`A budget has at most ${mostFlights} flights.`, 'flights');
  }
  const inOrder = flights
    .map(({ from, to }) => checkRange({ from, to }))
    .toSorted((one, other) => one.from.localeCompare(other.from));
  for (const [index, { from, to }] of inOrder.entries()) {
    if (from < budget.from || to > budget.to) {
      throw badInput(`The flight of ${from} to ${to} is not within the budget's days.`, 'flights');
    }
    const next = inOrder[index + 1];
    if (next && next.from <= to) throw badInput(`${next.from} is of two flights.`, 'flights');
  }
  return inOrder;
}
