import type { RateLimiter } from '../../domain/rate-limit.ts';
import type { Announcer } from '../../jobs/announcer.ts';
import type { QueueBackend } from '../../jobs/queue-backend.ts';

/** What carries messages between processes. All of it can be lost: the truth is in the database. */
export interface Broker {
  queue: QueueBackend;
  announcer: Announcer;
  rateLimiter: RateLimiter;
  close(): Promise<void>;
}
