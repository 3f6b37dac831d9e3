import { badInput } from '../errors.ts';
import type { Feed } from '../feed/feed.entity.ts';
import type { RowCounts } from './settle-slice.ts';

/**
 * Refuse files of whose rows most are of no use: neither are the others then.
 *
 * @param counts of all their days.
 * @throws {DomainError} BAD_USER_INPUT; also where there are no rows, but in reports: of those it is the days that have none.
 */
export function checkValidShare(
  { origin, minValidShare }: Pick<Feed, 'origin' | 'minValidShare'>,
  counts: Iterable<Pick<RowCounts, 'rowsRead' | 'rowsRejected'>>,
): void {
  let [rowsRead, valid] = [0, 0];
  for (const ofDay of counts) {
    rowsRead += ofDay.rowsRead;
    valid += ofDay.rowsRead - ofDay.rowsRejected;
  }
  if (rowsRead === 0 && origin !== 'REPORT') throw badInput('The file has a header but no rows.');
  if (valid < rowsRead * minValidShare) {
    const least = `${Math.round(minValidShare * 100)} %`;
    throw badInput(`Only ${valid} of ${rowsRead} rows are valid; at least ${least} must be.`);
  }
}

/** Why a day cannot be loaded whose rows are all of no use; undefined where some are. */
export function whyUnusable({ rowsRead, rowsRejected }: RowCounts): string | undefined {
  if (rowsRead === 0 || rowsRejected < rowsRead) return undefined;
  return rowsRead === 1
    ? 'The only row of this day is not valid.'
    : `None of the ${rowsRead} rows of this day is valid.`;
}
