import { DomainError } from '../../domain/errors.ts';
import type { PointStore, RateLimit, RateLimiter } from '../../domain/rate-limit.ts';

export interface VolumeWatchOptions {
  rateLimiter: RateLimiter & PointStore;
  /** Downloads, and megabytes, that one user or service token may take an hour before it is unusual. */
  unusualDownloads: readonly [count: number, megabytes: number];
}

const seconds = 60 * 60;

/** Counts what each takes, over all servers. @returns tells of a download whether it is more than is usual. */
export function createVolumeWatch({ rateLimiter, unusualDownloads }: VolumeWatchOptions) {
  const [count, megabytes] = unusualDownloads;
  const perCount: RateLimit = { name: 'downloads', points: count, seconds };
  const perKilobyte: RateLimit = { name: 'downloaded-kb', points: megabytes * 1000, seconds };
  return async (who: string, bytes: number): Promise<boolean> => {
    const counted = await isOver(() => rateLimiter.consume(perCount, who));
    const kilobytes = Math.max(1, Math.ceil(bytes / 1000));
    return (await isOver(() => rateLimiter.takeAhead(perKilobyte, who, kilobytes))) || counted;
  };
}

async function isOver(take: () => Promise<unknown>): Promise<boolean> {
  try {
    await take();
    return false;
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
}
