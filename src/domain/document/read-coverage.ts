import type { EntityManager } from '@mikro-orm/postgresql';
import type { DateRange } from '../calendar.ts';
import { findGaps, type Gap } from '../metrics/find-gaps.ts';

/** The days of a range without data of each of some feeds. */
export async function readGaps(
  em: EntityManager,
  feedIds: readonly string[],
  range: DateRange,
): Promise<Gap[][]> {
  return [...(await findGaps(em, feedIds, range)).values()];
}
