import type { Job, Queue, WorkerOptions } from 'bullmq';
import { uuidPattern } from '../../domain/paging.ts';
import type { Log } from '../../jobs/log.ts';
import type { QueueBackend } from '../../jobs/queue-backend.ts';
import type { Broker } from './broker.ts';

/** Longer than any stall that is not a death; the lease in PostgreSQL decides who may work. */
const lockDurationMs = 30_000;

interface DeliveredJob {
  jobRunId: string;
}

interface Closable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** BullMQ on one of its stores. */
interface BullQueueOptions {
  openQueue(name: string): Queue;
  openWorker(
    name: string,
    process: (job: Job<DeliveredJob>) => Promise<void>,
    options: Omit<WorkerOptions, 'connection'>,
  ): Closable;
  log: Log;
}

/**
 * What a delivery is while it is still to be handed to a worker. One that is with a worker is claimed at once, or
 * its worker died before it could be: the queue would notice only when the lock ends.
 */
const heldStates = ['waiting', 'prioritized'];

export function createBullQueue({
  openQueue,
  openWorker,
  log,
}: BullQueueOptions): QueueBackend & Pick<Broker, 'lendQueue'> {
  const queues = new Map<string, Queue>();
  const queueNamed = (name: string) => {
    const known = queues.get(name);
    if (known) return known;
    const queue = openQueue(name);
    queue.on('error', (error) => log.warn({ err: error, queue: name }, 'queue error'));
    queues.set(name, queue);
    return queue;
  };

  return {
    lendQueue: queueNamed,

    async send(queue, deliveries) {
      const open = queueNamed(queue);
      // One by one, though at once: on PostgreSQL `addBulk` would make a sequence, which our roles may not.
      await Promise.all(
        deliveries.map(({ id, jobRunId, name, delayMs }) => {
          const data: DeliveredJob = { jobRunId };
          const once = { jobId: id, removeOnComplete: true, removeOnFail: true };
          return open.add(name, data, { ...once, delay: delayMs });
        }),
      );
    },

    async holds(queue, deliveryId) {
      return heldStates.includes(await queueNamed(queue).getJobState(deliveryId));
    },

    work(queue, concurrency, process) {
      const takeUp = async ({ id, data }: Job<DeliveredJob>) => {
        // Whoever reaches the queue can put anything into it; it must not spoil the claims of its moment.
        if (uuidPattern.test(data?.jobRunId)) return process(data.jobRunId);
        log.warn({ queue, delivery: id }, 'a delivery that names no run was dropped');
      };
      const worker = openWorker(queue, takeUp, {
        concurrency,
        lockDuration: lockDurationMs,
        // Our own lease counts the deaths of workers; the queue must not give up before it does.
        maxStalledCount: 1_000_000,
      });
      worker.on('error', (error) => log.warn({ err: error, queue }, 'queue error'));
      return { close: () => worker.close() };
    },

    async ping(queue) {
      await queueNamed(queue).isPaused();
    },

    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
