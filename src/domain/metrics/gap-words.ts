import type { Gap } from './find-gaps.ts';

/** Why a day has no data, as people read it. */
export const gapWords: Record<Gap['status'], string> = {
  ARCHIVED: 'in the archive',
  MISSING: 'no file came',
  HELD: 'held back until somebody decides',
  FAILED: 'could not be loaded',
  PENDING: 'not loaded yet',
  BEFORE_FIRST_DATA: 'before the first data',
  ENDED: 'after the last data, the feed being paused',
};
