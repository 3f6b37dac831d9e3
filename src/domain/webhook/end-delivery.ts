import type { EntityManager } from '@mikro-orm/postgresql';

/** Give a delivery up that is still to be made. @param reason in words for people. */
export async function endDelivery(em: EntityManager, id: string, reason: string): Promise<void> {
  await em.execute(
    `update webhook_deliveries set status = 'DEAD', last_error = ?, next_attempt_at = null, ended_at = now()
     where id = ? and status = 'PENDING'`,
    [reason, id],
  );
}
