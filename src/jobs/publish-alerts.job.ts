import { z } from 'zod';
import { queueDeliveries } from '../domain/webhook/queue-deliveries.ts';
import { defineJob } from './define-job.ts';
import { deliverWebhook } from './deliver-webhook.job.ts';

/** Tell receivers of webhooks, and those who watch, of alerts that began or ended. Idempotent: what was queued is not found again. */
export const publishAlerts = defineJob({
  name: 'publish-alerts',
  queue: 'alerts',
  payload: z.strictObject({}),
  attempts: 5,
  timeoutMs: 60_000,
  backoffMs: 10_000,

  async process(_, { enqueue, announceAlerts, signal }) {
    for (let isDone = false; !isDone; ) {
      signal.throwIfAborted();
      isDone = await enqueue(async (em, add) => {
        const deliveries = await queueDeliveries(em);
        for (const { id: deliveryId, organizationId, clientId } of deliveries ?? []) {
          await add(deliverWebhook, { deliveryId }, { organizationId, clientId, priority: 9 });
        }
        return deliveries === null;
      });
    }
    await announceAlerts();
  },
});
