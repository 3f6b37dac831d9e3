import { DomainError } from '../errors.ts';

/** PostgreSQL's `numeric_value_out_of_range`. */
const numericOverflow = '22003';

/** Amounts that are each in bounds may add up to more than a column holds: that is the file's fault too. */
export async function sayOverflow<T>(applying: Promise<T>): Promise<T> {
  try {
    return await applying;
  } catch (error) {
    if ((error as { code?: string }).code !== numericOverflow) throw error;
    const message = 'The facts of one creative add up to more than can be kept.';
    throw new DomainError('BAD_USER_INPUT', message, { cause: error });
  }
}
