import { Decimal } from 'decimal.js';
import { badInput } from '../errors.ts';

/** @returns the CPM as plain decimal text. @throws {DomainError} BAD_USER_INPUT on the field. */
export function checkCpm(text: string, field = 'cpm'): string {
  const cpm = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? new Decimal(text) : undefined;
  if (!cpm) throw badInput('A CPM is a number from 0 to 999999 with at most 6 decimals.', field);
  return cpm.toFixed();
}
