/** What runs the deliveries of one queue in this process. */
export interface QueueWorker {
  /** Take nothing new, and wait for what is running. */
  close(): Promise<void>;
}

/** One delivery of a job run to the queue. */
interface Delivery {
  /** New each time, since a queue ignores an id that it has seen. */
  id: string;
  jobRunId: string;
  /** Kind of job, for people who look into the queue. */
  name: string;
  delayMs: number;
}

/**
 * The queue: it holds deliveries, never truth. Flushing it loses nothing.
 *
 * Every backend gives the same guarantees: a delivery is handed to some worker at least once, not before
 * its delay, and an id that is waiting is not added twice.
 */
export interface QueueBackend {
  send(queue: string, deliveries: Delivery[]): Promise<void>;
  /** Whether a delivery is still waiting to be handed to a worker. */
  holds(queue: string, deliveryId: string): Promise<boolean>;
  work(
    queue: string,
    concurrency: number,
    process: (jobRunId: string) => Promise<void>,
  ): QueueWorker;
  /** @throws {Error} when the queue does not answer. */
  ping(queue: string): Promise<void>;
  close(): Promise<void>;
}
