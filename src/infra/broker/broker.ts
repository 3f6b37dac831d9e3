import type { Queue } from 'bullmq';
import type { Pacer } from '../../domain/pacer.ts';
import type { PointStore, RateLimiter } from '../../domain/rate-limit.ts';
import type { Announcer } from '../../jobs/announcer.ts';
import type { QueueBackend } from '../../jobs/queue-backend.ts';

/** What carries messages between processes. All of it can be lost: the truth is in the database. */
export interface Broker {
  queue: QueueBackend;
  announcer: Announcer;
  rateLimiter: RateLimiter & PointStore;
  pacer: Pacer;
  /** A queue as BullMQ knows it, for the job board; it stays the broker's to close. */
  lendQueue(name: string): Queue;
  /** Share of the store's memory limit that is used; null where there is no such limit. */
  measureMemory(): Promise<number | null>;
  close(): Promise<void>;
}
