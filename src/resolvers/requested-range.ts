import { badInput } from '../domain/errors.ts';
import type { RequestedRange } from '../domain/requested-range.ts';

/**
 * The days that an input asks for by a date or a range.
 *
 * @returns null when it names neither. @throws {DomainError} BAD_USER_INPUT when it names both.
 */
export function requestedRange(input: {
  date?: string | null;
  range?: RequestedRange | null;
}): RequestedRange | null {
  if (input.date && input.range)
    throw badInput('Give a date or a range, not both.', 'date', 'range');
  if (input.date) return { from: input.date, to: input.date };
  return input.range ? { ...input.range } : null;
}
