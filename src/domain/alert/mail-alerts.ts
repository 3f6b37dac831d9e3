import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../identity/organization.entity.ts';
import type { ToldAlert } from '../mail/letter.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { findRecipients } from './find-recipients.ts';

/** So many are told in one mail; of more it says how many. */
const mostTold = 50;

/**
 * Mail what began and was not told yet: one mail for all of it, to each recipient. What is over by then is not told.
 *
 * @param em within a transaction of the organization: two at once tell each alert once.
 */
export async function mailAlerts(
  em: EntityManager,
  cipher: { decrypt(ciphertext: string): string },
  postbox: Postbox,
  organizationId: string,
): Promise<void> {
  const untold = await em.execute<(ToldAlert & { id: string })[]>(
    `with told as (
       update alerts set told_at = now()
       where told_at is null and resolved_at is null and (snoozed_until is null or snoozed_until <= now())
       returning *
     )
     select t.id, t.kind, t.severity, t.date, t.message, c.name as client, coalesce(f.name, r.name) as about
     from told t join clients c on c.id = t.client_id
     left join feeds f on f.id = t.feed_id left join alert_rules r on r.id = t.rule_id
     order by t.severity <> 'CRITICAL', c.name, about, t.date nulls first, t.kind`,
  );
  if (untold.length === 0) return;
  const { name: organization } = await em.findOneOrFail(Organization, organizationId);
  const letter = {
    ...({ kind: 'ALERTS', organization, count: untold.length } as const),
    alerts: untold.slice(0, mostTold).map(({ id: _, ...alert }) => alert),
  };
  const aboutId = untold.length === 1 && untold[0] ? untold[0].id : randomUUID();
  for (const to of await findRecipients(em, cipher)) {
    await queueMail(em, postbox, { organizationId, aboutId, to, letter });
  }
}
