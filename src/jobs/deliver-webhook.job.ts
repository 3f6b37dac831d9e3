import { z } from 'zod';
import { endDelivery } from '../domain/webhook/end-delivery.ts';
import { mailSwitchedOff } from '../domain/webhook/mail-switched-off.ts';
import { openDelivery } from '../domain/webhook/open-delivery.ts';
import { recordAnswer } from '../domain/webhook/record-answer.ts';
import { reopenDelivery } from '../domain/webhook/send-again.ts';
import { defineJob, NotYet } from './define-job.ts';
import { openPostbox } from './postbox.ts';

/**
 * Tell a receiver one thing, until it takes it or is given up: while it is waited for, the run is in the queue and no
 * worker with it.
 *
 * What a receiver answers is its own affair: a delivery that is given up is DEAD, and its job has done its work. A worker
 * that dies after the answer makes for a second request, of the same id.
 */
export const deliverWebhook = defineJob({
  name: 'deliver-webhook',
  queue: 'alerts',
  payload: z.object({ deliveryId: z.uuid() }),
  attempts: 5,
  timeoutMs: 60_000,
  backoffMs: 5_000,

  async process({ deliveryId }, { write, enqueue, tenant, cipher, receivers, signal, ...context }) {
    const request = await write((em) => openDelivery(em, cipher, deliveryId));
    if (!request) return context.log.info({ deliveryId }, 'nothing to tell a receiver');
    const answer = await receivers.post(request.url, request, signal);
    const settled = await enqueue(async (em, add) => {
      const settled = await recordAnswer(em, deliveryId, answer);
      if (settled?.switchedOff) {
        const postbox = openPostbox(cipher, { add });
        await mailSwitchedOff(em, cipher, postbox, tenant.organizationId, settled.switchedOff);
      }
      return settled;
    });
    if (!settled) return;
    context.log.info(
      { deliveryId, status: answer.status, outcome: settled.outcome },
      'receiver answered',
    );
    context.observer.webhookSettled(settled.outcome);
    if (settled.waitMs !== null) throw new NotYet(settled.waitMs);
  },

  async onEnd(em, { deliveryId }, { status, errorMessage }) {
    if (status === 'SUCCEEDED') return;
    await endDelivery(em, deliveryId, errorMessage ?? 'The job was cancelled.');
  },
  async onRetry(em, { deliveryId }) {
    await reopenDelivery(em, deliveryId);
  },
});
