import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '../database-clock.ts';
import type { ReceiverAnswer } from './receivers.ts';
import type { OffReason } from './webhook.entity.ts';
import { WebhookDelivery } from './webhook-delivery.entity.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** After the first failure, the second, ...: 27 and a half hours together. */
const waitsMs = [5 * second, 5 * minute, 0.5 * hour, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
/** A receiver that took nothing for so long is told nothing more. */
const mostFailingDays = 5;
/** What a receiver that is no more answers. */
const gone = 410;

/** What an answer means. */
export interface Settled {
  outcome: 'delivered' | 'waiting' | 'dead';
  /** Until it is tried again. */
  waitMs: number | null;
  /** The webhook where this switched it off. */
  switchedOff: { name: string; reason: OffReason } | null;
}

/**
 * How long to wait after so many failed attempts; null: it is given up. A test is tried once.
 *
 * @param chance from 0 to 1: waits differ by a tenth, so that what failed together does not come back together.
 */
export function waitAfter(
  { attempts, event }: Pick<WebhookDelivery, 'attempts' | 'event'>,
  chance = Math.random(),
): number | null {
  const waitMs = event === 'TEST' ? undefined : waitsMs[attempts - 1];
  return waitMs === undefined ? null : Math.round(waitMs * (0.9 + 0.2 * chance));
}

/** Keep what a receiver answered, and find out what is to be done next; null where nobody waits for it any more. */
export async function recordAnswer(
  em: EntityManager,
  deliveryId: string,
  { status, error }: ReceiverAnswer,
): Promise<Settled | null> {
  const delivery = await em.findOne(WebhookDelivery, { id: deliveryId, status: 'PENDING' });
  if (!delivery) return null;
  const now = await databaseNow(em);
  const isTaken = status !== null && status >= 200 && status < 300;
  delivery.attempts += 1;
  delivery.lastStatus = status;
  delivery.lastError = isTaken ? null : (error ?? `The receiver answered ${status}.`);
  const waitMs = isTaken || status === gone ? null : waitAfter(delivery);
  delivery.nextAttemptAt = waitMs === null ? null : new Date(now.getTime() + waitMs);
  if (waitMs === null) {
    delivery.status = isTaken ? 'DELIVERED' : 'DEAD';
    delivery.endedAt = now;
  }
  await em.flush();
  const isDead = delivery.status === 'DEAD';
  await noteHealth(em, delivery, isTaken);
  const switchedOff = isDead ? await switchOff(em, delivery.webhookId, status === gone) : null;
  return { outcome: isTaken ? 'delivered' : isDead ? 'dead' : 'waiting', waitMs, switchedOff };
}

/** A failed test says nothing of how long a receiver has been failing. */
async function noteHealth(
  em: EntityManager,
  { webhookId, event }: WebhookDelivery,
  isTaken: boolean,
): Promise<void> {
  if (isTaken) {
    await em.execute(
      'update webhooks set failing_since = null where id = ? and failing_since is not null',
      [webhookId],
    );
  } else if (event !== 'TEST') {
    await em.execute(
      'update webhooks set failing_since = now() where id = ? and failing_since is null',
      [webhookId],
    );
  }
}

async function switchOff(
  em: EntityManager,
  webhookId: string,
  isGone: boolean,
): Promise<Settled['switchedOff']> {
  const reason: OffReason = isGone ? 'GONE' : 'FAILING';
  const [off] = await em.execute<{ name: string }[]>(
    `update webhooks set active = false, off_reason = ?, updated_at = now()
     where id = ? and active and (? or failing_since < now() - make_interval(days => ?))
     returning name`,
    [reason, webhookId, isGone, mostFailingDays],
  );
  return off ? { name: off.name, reason } : null;
}
